//! Tags of articles on both sides: what was given or taken away on one of them is so on the other afterwards.

use super::{SENT_AT_ONCE, Server, Summary};
use crate::jobs::Pen;
use crate::notice::Notice;
use crate::store::{Reader, RemoteTag};
use std::collections::{BTreeMap, HashSet};

/// Brings the tags of all articles that both sides have into step.
pub(super) fn agree(
    writer: &mut dyn Pen,
    reader: &mut Reader,
    server: &mut dyn Server,
    now: i64,
    summary: &mut Summary,
) -> Result<(), Notice> {
    let Some(there) = server.tags()? else { return Ok(()) };
    let (agreed, here) = {
        let snapshot = reader.snapshot(now)?;
        (snapshot.remote_tags()?, snapshot.remote_tagged()?)
    };
    let one = |tag: &str, id: String| RemoteTag { tag: crate::text::clean_line(tag), id };
    let there: HashSet<RemoteTag> = there.into_iter().flat_map(|(tag, ids)| ids.into_iter().map(move |id| one(&tag, id))).collect();
    // What one side changed since both agreed is changed on the other.
    let changed_there = |tag: &RemoteTag| agreed.contains(tag) != there.contains(tag);
    let mut sent: BTreeMap<(String, bool), Vec<RemoteTag>> = BTreeMap::new();
    let mut taken: Vec<(&RemoteTag, bool)> = Vec::new();
    let all: HashSet<&RemoteTag> = there.iter().chain(&here).chain(&agreed).collect();
    for tag in all {
        match (here.contains(tag), there.contains(tag)) {
            (ours, theirs) if ours == theirs => taken.push((tag, theirs)),
            (_, theirs) if changed_there(tag) => taken.push((tag, theirs)),
            (ours, _) => sent.entry((tag.tag.clone(), ours)).or_default().push(tag.clone()),
        }
    }
    taken.retain(|(tag, on)| agreed.contains(*tag) != *on || here.contains(*tag) != *on);
    let known = writer.write(|b| taken.iter().try_fold(0, |n, (tag, on)| Ok(n + usize::from(b.agree_on_tag(tag, *on)?))))?;
    summary.taken += known;
    for ((tag, on), items) in sent {
        for lot in items.chunks(SENT_AT_ONCE) {
            let ids: Vec<&str> = lot.iter().map(|t| t.id.as_str()).collect();
            server.tag(&tag, on, &ids)?;
            writer.write(|b| lot.iter().try_for_each(|t| b.agree_on_tag(t, on).map(drop)))?;
            summary.sent += lot.len();
        }
    }
    Ok(())
}
