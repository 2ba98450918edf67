//! A place on a map of the web.

use super::super::effect::Effect;
use super::super::state::State;
use crate::article::GazetteerPlace;
use crate::edition::Values;
use crate::locale::tr;
use crate::notice::Notice;

/// Opens the chosen place on the reader's map of the web.
pub(in crate::app) fn browse(state: &mut State) -> Vec<Effect> {
    let place = state.chosen_place().map(|p| address(&state.config.settings.map_url, p));
    match place {
        Some(url) => vec![Effect::Browse(url)],
        None => {
            state.notice = Some(Notice::new(tr!("No place is chosen")).hint(tr!("m shows the map, n there goes to the next place")));
            Vec::new()
        }
    }
}

/// The address with the place filled in.
fn address(template: &str, place: &GazetteerPlace) -> String {
    let degrees = |degrees: f64| format!("{degrees:.5}");
    let values = [("latitude", degrees(place.latitude)), ("longitude", degrees(place.longitude)), ("name", place.name.clone())];
    Values::new(values.into()).address(template)
}

#[cfg(test)]
mod tests {
    use super::super::tests::place;
    use super::*;

    #[test]
    fn nothing_in_a_name_leaves_its_part_of_the_address() {
        let place = place(1, "São & Co#\"; rm", -23.547_5, -46.636_11);
        let url = address("https://maps.example/?q={latitude},{longitude}&n={name}#{latitude}", &place);
        assert_eq!(url, "https://maps.example/?q=-23.54750,-46.63611&n=S%C3%A3o%20%26%20Co%23%22%3B%20rm#-23.54750");
    }
}
