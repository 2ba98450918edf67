//! A clock that jumps a year ahead or back: nothing goes that would have stayed, nothing waits that would have come.

use super::*;

const YEAR: i64 = 365 * 86_400;

/// A feed whose articles are kept for ten days, with one article a day over the five days before `NOW`.
fn kept(writer: &mut Writer) -> FeedKey {
    writer
        .write(|batch| {
            let feed = batch.add_feed("http://a.example", "A")?.0;
            batch.choose(feed, &Choice { keep_days: Some(10), ..Choice::default() })?;
            for n in 16..21 {
                let day = NOW - (21 - i64::try_from(n).unwrap()) * 86_400;
                batch.take_in(&incoming(&told(n, 16 + u8::try_from(n - 16).unwrap()), Some(feed)), day)?;
            }
            Ok(feed)
        })
        .unwrap()
}

/// An article of a day in January 2019.
fn told(n: u64, day: u8) -> Article {
    Article { published: Some(date(2019, 1, day.cast_signed())), ..article(n, &format!("T{n}"), &format!("Words {n}")) }
}

#[test]
fn a_clock_that_is_ahead_deletes_nothing_and_puts_nothing_off() {
    let folder = Folder::new("clock-ahead");
    let mut writer = folder.writer();
    let feed = kept(&mut writer);
    let ahead = NOW + YEAR;
    writer
        .write(|batch| {
            // A look at the feed at the wrong time, with an article that came then, and a failure that puts the next one off.
            batch.take_in(&incoming(&told(30, 22), Some(feed)), ahead)?;
            let failed = Health { checked: Some(ahead), retry: Some(ahead + 600), failures: 1, ..Health::default() };
            batch.looked(feed, &failed, "", None)?;
            assert_eq!(batch.expire(ahead)?, 0);
            assert_eq!(batch.expire(NOW)?, 0);
            Ok(())
        })
        .unwrap();
    let mut reader = folder.reader();
    assert_eq!(find(&mut reader, "").len(), 6);
    let feeds = reader.snapshot(NOW).unwrap().feeds().unwrap();
    assert!(feeds[0].health.is_due(NOW) && !feeds[0].health.is_due(ahead), "{feeds:?}");
    // Which days articles are of does not hang on when they came.
    assert_eq!(find(&mut reader, "published:2019-01-20"), [5]);
    assert_eq!(find(&mut reader, "newer:3d").len(), 3);
    // When time has truly passed, they go: those are newer by then that say so.
    let later = NOW + 20 * 86_400;
    let gone = writer.write(|batch| {
        let one = Article { published: Some(date(2019, 2, 11)), ..article(31, "Later", "Words of later") };
        batch.take_in(&incoming(&one, Some(feed)), later)?;
        batch.expire(later)
    });
    assert_eq!(gone.unwrap(), 5);
}

#[test]
fn what_came_while_the_clock_was_behind_is_not_old_afterwards() {
    let folder = Folder::new("clock-behind");
    let mut writer = folder.writer();
    let feed = kept(&mut writer);
    let before = NOW - YEAR;
    writer
        .write(|batch| {
            batch.take_in(&incoming(&told(30, 21), Some(feed)), before)?;
            assert_eq!(batch.expire(before)?, 0);
            batch.looked(feed, &Health { checked: Some(before), ..Health::default() }, "", None)?;
            assert_eq!(batch.expire(NOW)?, 0);
            Ok(())
        })
        .unwrap();
    assert_eq!(find(&mut folder.reader(), "newer:3d").len(), 3, "it stands where it belongs");
    // The later look at the same item doubles nothing either.
    let again = writer.write(|batch| batch.take_in(&incoming(&told(30, 21), Some(feed)), NOW)).unwrap();
    assert!(matches!(again, Arrival::Known(_)), "{again:?}");
    assert_eq!(find(&mut folder.reader(), "").len(), 6);
}

#[test]
fn a_removed_feed_can_be_brought_back_whatever_the_clock_says() {
    let folder = Folder::new("clock-undo");
    let mut writer = folder.writer();
    let feed = kept(&mut writer);
    let other = writer.write(|batch| batch.add_feed("http://b.example", "B")).unwrap().0;
    writer.write(|batch| batch.take_in(&incoming(&told(30, 21), Some(other)), NOW).map(drop)).unwrap();
    let gone = writer.write(|batch| batch.remove_feed(feed, false, NOW)).unwrap();
    assert_eq!((gone.articles, find(&mut folder.reader(), "").len()), (5, 1));
    // The clock jumps, feeds are looked at, and it jumps back.
    for now in [NOW + YEAR, NOW - YEAR, NOW] {
        writer.write(|batch| batch.expire(now)).unwrap();
    }
    assert!(writer.write(|batch| batch.restore_feed(gone.id)).unwrap().is_some());
    assert_eq!(find(&mut folder.reader(), "").len(), 6);
}

#[test]
fn corrections_are_taken_back_in_the_order_in_which_they_were_made() {
    let folder = Folder::new("clock-order");
    let mut writer = folder.writer();
    for now in [NOW, NOW - YEAR, NOW + YEAR] {
        writer.write(|batch| batch.correct(None, &Righted::Published(None), now)).unwrap();
    }
    let made: Vec<i64> = folder.reader().snapshot(NOW).unwrap().corrections(None).unwrap().iter().map(|c| c.made).collect();
    assert_eq!(made, [NOW, NOW - YEAR, NOW + YEAR]);
}
