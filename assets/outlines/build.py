"""Makes outlines.bin from Natural Earth's GeoJSON files; see README.md.

    python3 build.py FOLDER > outlines.bin

FOLDER holds ne_{110m,50m}_coastline.json, …_lakes.json, …_admin_0_boundary_lines_land.json and …_admin_1_states_provinces_lines.json.
Needs nothing but Python 3.
"""

import json, math, struct, sys
from pathlib import Path

# Per sheet: the files' scale, degrees in a unit, degrees by which a line may be off, degrees below which a closed line is left out.
SHEETS = [("110m", 360 / 8191, 0.04, 0.0), ("50m", 360 / 65535, 0.05, 0.13)]
# Per layer, in the order of lexicon::outlines::Layer: the file, and how many times a sheet's tolerance and least size it takes.
LAYERS = [("coastline", 1), ("lakes", 3), ("admin_0_boundary_lines_land", 1), ("admin_1_states_provinces_lines", 1.5)]
MAX_POINTS = 255


def lines(coordinates):
    """The lines in the coordinates of any geometry."""
    if isinstance(coordinates[0][0], (int, float)):
        yield [(x, y) for x, y, *_ in coordinates]
    else:
        for part in coordinates:
            yield from lines(part)


def distance(p, a, b):
    """From a point to a segment, in degrees of latitude."""
    k = max(math.cos(math.radians(a[1])), 0.1)
    px, py, bx, by = (p[0] - a[0]) * k, p[1] - a[1], (b[0] - a[0]) * k, b[1] - a[1]
    t = 0 if bx == by == 0 else max(0, min(1, (px * bx + py * by) / (bx * bx + by * by)))
    return math.hypot(px - t * bx, py - t * by)


def simplify(line, tolerance):
    """Ramer, Douglas and Peucker, without recursion; a closed line is first cut at the point farthest from its beginning."""
    keep = {0, len(line) - 1}
    if line[0] == line[-1]:
        keep.add(max(range(len(line)), key=lambda n: distance(line[n], line[0], line[0])))
    ends = sorted(keep)
    work = list(zip(ends, ends[1:]))
    while work:
        a, b = work.pop()
        if b - a < 2:
            continue
        far = max(range(a + 1, b), key=lambda n: distance(line[n], line[a], line[b]))
        if distance(line[far], line[a], line[b]) > tolerance:
            keep.add(far)
            work += [(a, far), (far, b)]
    return [line[n] for n in sorted(keep)]


def size(line):
    xs, ys = zip(*line)
    k = max(math.cos(math.radians(ys[0])), 0.1)
    return math.hypot((max(xs) - min(xs)) * k, max(ys) - min(ys))


def quantise(line, unit):
    """Whole units from 180° west and 90° south; long steps are divided, so that each fits a signed byte."""
    points = []
    for lon, lat in line:
        x, y = round((lon + 180) / unit), round((lat + 90) / unit)
        if points:
            x0, y0 = points[-1]
            steps = math.ceil(max(abs(x - x0), abs(y - y0)) / 127)
            points += [(x0 + (x - x0) * n // steps, y0 + (y - y0) * n // steps) for n in range(1, steps)]
            if (x, y) == (x0, y0):
                continue
        points.append((x, y))
    return points


def strings(points):
    """Pieces of at most MAX_POINTS points, each beginning where the one before ends."""
    for at in range(0, max(len(points) - 1, 1), MAX_POINTS - 1):
        yield points[at : at + MAX_POINTS]


def record(layer, points):
    """Layer, number of points, bounds (west, south, east, north), the first point, and the steps between points."""
    xs, ys = zip(*points)
    head = struct.pack("<BB6H", layer, len(points), min(xs), min(ys), max(xs), max(ys), *points[0])
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(points, points[1:])]
    return head + b"".join(struct.pack("bb", *s) for s in steps)


def sheet(folder, scale, unit, tolerance, least):
    records = []
    for layer, (name, factor) in enumerate(LAYERS):
        for feature in json.loads((folder / f"ne_{scale}_{name}.json").read_text())["features"]:
            for line in lines(feature["geometry"]["coordinates"]) if feature["geometry"] else ():
                # The far edge of the map is no coast, and the rim of an area that crosses it no border.
                if line[0] == line[-1] and size(line) < least * factor:
                    continue
                points = quantise(simplify(line, tolerance * factor), unit)
                if len(points) > 1:
                    records += [record(layer, part) for part in strings(points)]
    print(scale, len(records), "lines,", sum(map(len, records)), "bytes", file=sys.stderr)
    return b"".join(records)


folder = Path(sys.argv[1])
sheets = [sheet(folder, *s) for s in SHEETS]
# For each sheet: bytes that its lines take, and units in a full circle. Then the lines.
head = b"".join(struct.pack("<II", len(body), round(360 / unit)) for body, (_, unit, *_) in zip(sheets, SHEETS))
sys.stdout.buffer.write(head + b"".join(sheets))
