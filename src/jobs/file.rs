//! Articles that are saved as files. What is there is never overwritten.

use crate::locale::tr;
use crate::notice::Notice;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Files of one name that may lie in a folder.
const MAX_SAME: u32 = 99;

/// Saves `text` in `folder` and says where, or why not.
pub(super) fn save(folder: &str, name: &str, text: &str) -> Notice {
    match write(&home(folder), name, text) {
        Ok(path) => Notice::new(tr!("Saved as {path}", path = path.display())),
        Err(error) => Notice::new(tr!("{name} cannot be saved in {folder}", name, folder))
            .because(super::reason(&error))
            .hint(tr!("save-folder in config.toml says where")),
    }
}

/// A folder with `~` at its beginning read as the home folder.
fn home(folder: &str) -> PathBuf {
    let below = folder.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match (below, etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(folder),
    }
}

/// Writes a new file. A folder that was chosen and is not there yet is made.
fn write(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let name = Path::new(name);
    let (stem, ending) = (name.file_stem().unwrap_or_default().to_string_lossy(), name.extension().unwrap_or_default().to_string_lossy());
    for number in 1..=MAX_SAME {
        let same = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stem}{same}.{ending}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(tr!("there are {n} of that name", n = MAX_SAME)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = std::env::temp_dir().join(format!("dateline-save-{}", std::process::id()));
        let at = folder.to_str().unwrap();
        for (n, name) in ["a.txt", "a-2.txt", "a-3.txt"].iter().enumerate() {
            let notice = save(at, "a.txt", &n.to_string());
            assert!(notice.what.ends_with(name), "{notice}");
            assert_eq!(std::fs::read_to_string(folder.join(name)).unwrap(), n.to_string());
        }
        let below = folder.join("a.txt/below");
        assert!(save(below.to_str().unwrap(), "a.txt", "").what.contains("cannot be saved"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
