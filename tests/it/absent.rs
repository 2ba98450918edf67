//! What is not there, cannot be read or cannot be written: it is told, and nothing is made of it.

use super::cli::{Folder, dateline, err, out};
use super::store::Library;

#[test]
fn a_library_is_made_by_what_goes_into_it() {
    let library = Library::new("absent-library");
    let is_there = || std::fs::read_dir(library.folder.path("")).unwrap().next().is_some();
    let nothing = library.folder.path("nothing");
    for args in [
        &["fetch"][..],
        &["fetch", "--watch"],
        &["undo"],
        &["mark", "read", "x"],
        &["watch", "new"],
        &["watch", "add", "Ada"],
        &["entities", "undo", "1"],
        &["search", "--save", "Mine", "x"],
        &["search", "--forget", "Mine"],
        &["feed", "x", "--keep", "3"],
        &["remove", "x"],
        &["list"],
        &["check"],
        &["check", "--salvage", &nothing],
        &["backup", &nothing],
    ] {
        let output = library.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert_eq!(err(&output).matches("There is no library at").count(), 1, "{args:?}: {}", err(&output));
        assert!(!is_there(), "{args:?}");
    }
    assert_eq!(library.run(&["--linear"]).status.code(), Some(2));
    let added = library.run(&["add", &nothing]);
    assert_eq!(added.status.code(), Some(1));
    assert!(err(&added).contains("the file is not there") && !is_there(), "{}", err(&added));
    library.done(&["add", "https://a.example/feed"]);
    assert!(library.done(&["list"]).contains("in 1 feed"));
}

#[test]
fn what_is_wrong_is_told_as_what_it_is() {
    let library = Library::new("absent-words");
    library.done(&["add", "https://a.example/feed", "--name", "A", "--keep", "30d"]);
    assert_eq!(library.done(&["feed", "A", "--keep", "30"]), "A: as it was\n");
    assert_eq!(library.done(&["feed", "A", "--keep", "4w"]), "A: changed\n");
    let soon = library.run(&["feed", "A", "--keep", "soon"]);
    assert_eq!(soon.status.code(), Some(2));
    assert!(err(&soon).contains("30d, 4w"), "{}", err(&soon));
    let forgotten = library.run(&["search", "--forget", "nope"]);
    assert_eq!(forgotten.status.code(), Some(1));
    assert!(err(&forgotten).contains("There is no saved search 'nope'"), "{}", err(&forgotten));
    for args in [&["backup"][..], &["check", "--salvage"]] {
        let to = library.folder.path("none/copy.db");
        let copied = library.run(&[args, &[to.as_str()]].concat());
        assert_eq!(copied.status.code(), Some(1));
        assert!(err(&copied).contains("The copy cannot be written") && !err(&copied).contains("--library"), "{}", err(&copied));
    }
}

#[test]
fn what_is_to_be_read_and_is_not_there_opens_nothing() {
    let mistyped = dateline(&["serch", "nothing-of-the-kind"], "");
    assert_eq!(mistyped.status.code(), Some(1));
    let said = err(&mistyped);
    assert!(said.contains("serch: the file is not there (did you mean dateline search?)"), "{said}");
    assert!(said.contains("nothing-of-the-kind: the file is not there\n") && out(&mistyped).is_empty(), "{said}");
    // Where something is there, it is read.
    let folder = Folder::new("absent-files");
    let good = folder.file("good.txt", "All is well in Berlin.");
    let read = dateline(&["--linear", &good, &folder.path("gone.txt")], "list\nquit\n");
    assert!(read.status.success());
    assert!(out(&read).contains("gone.txt, cannot be read: the file is not there."), "{}", out(&read));
}

#[test]
fn a_folder_without_an_article_is_told() {
    let folder = Folder::new("absent-articles");
    for command in ["analyze", "timeline", "places"] {
        let output = dateline(&[command, &folder.path("")], "");
        assert!(output.status.success() && err(&output).contains("no article was found in it"), "{command}: {}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_looked_into_is_told() {
    use super::cli::unprivileged;
    use std::os::unix::fs::PermissionsExt;
    let library = Library::new("absent-rights");
    library.folder.file("outer/good.txt", "All is well in Berlin.");
    library.folder.file("outer/shut/bad.txt", "Nothing is well in Berlin.");
    let (outer, shut) = (library.folder.path("outer"), library.folder.path("outer/shut"));
    let mode = |mode| std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o000);
    let run = |args: &[&str]| unprivileged(library.command(args), &library.folder).map(|mut command| command.output().unwrap());
    let all = [&["analyze", &outer][..], &["analyze", &shut], &["add", &shut]].map(run);
    mode(0o755);
    for (printed, output) in [1, 0, 0].into_iter().zip(all) {
        // Where nobody but the superuser may run the program, nothing can be tried.
        let Some(output) = output else { return };
        let said = err(&output);
        assert_eq!((output.status.code(), out(&output).lines().count()), (Some(1), printed), "{said}");
        assert!(said.contains("shut: no permission to read it"), "{said}");
    }
}
