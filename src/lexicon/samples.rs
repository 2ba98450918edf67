//! The articles that come with the program: `assets/samples/`.

/// Names and bytes of the samples, in the order of the days they tell of.
pub const SAMPLES: &[(&str, &[u8])] = &[
    ("1963-06-26-kennedy-west-berlin.txt", include_bytes!("../../assets/samples/1963-06-26-kennedy-west-berlin.txt")),
    ("1969-07-21-moon-landing.txt", include_bytes!("../../assets/samples/1969-07-21-moon-landing.txt")),
    ("1975-07-17-apollo-soyuz.txt", include_bytes!("../../assets/samples/1975-07-17-apollo-soyuz.txt")),
    ("1986-10-13-reykjavik-summit.txt", include_bytes!("../../assets/samples/1986-10-13-reykjavik-summit.txt")),
    ("1988-10-06-chile-referendum.txt", include_bytes!("../../assets/samples/1988-10-06-chile-referendum.txt")),
    ("1989-11-11-berlin-wall.txt", include_bytes!("../../assets/samples/1989-11-11-berlin-wall.txt")),
    ("1990-02-11-mandela-freed.txt", include_bytes!("../../assets/samples/1990-02-11-mandela-freed.txt")),
    ("1990-03-11-chile-inauguration.txt", include_bytes!("../../assets/samples/1990-03-11-chile-inauguration.txt")),
    ("1990-10-03-german-unity.txt", include_bytes!("../../assets/samples/1990-10-03-german-unity.txt")),
    ("1994-05-10-mandela-president.txt", include_bytes!("../../assets/samples/1994-05-10-mandela-president.txt")),
];
