"""What an upload costs: our pipeline against the way most tutorials show, on the same photo in the same run.

    python -m tests.benchmarks.renditions [--megapixels 12] [--rounds 3] [photo.jpg …]

Prints a table; asserts nothing, because times depend on the machine. Each round is a process of its own, so that the
peak of its memory is its own too. Sizes and PSNR compare the six files that both ways make: 320, 640 and 1280 wide as
WebP and AVIF. PSNR is measured against the full picture, turned upright and made smaller with Lanczos.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageOps, ImageStat

from gallery import image_worker_pool, pictures, samples

WIDTHS = (320, 640, 1280)
FORMATS = {"webp": "WEBP", "avif": "AVIF"}


def photo(megapixels):
    """A landscape with the noise of a sensor, 4:3 or 3:2, as a camera held sideways stores it. Deterministic enough."""
    width = {12: 4000, 24: 6000, 48: 8000}.get(megapixels) or round(math.sqrt(megapixels * 4e6 / 3))
    height = round(megapixels * 1e6 / width)
    image = samples.draw(samples.SCENES[0], (width, height))
    coarse = Image.effect_noise((width // 8, height // 8), 60).resize((width, height), Image.Resampling.BICUBIC)
    fine = Image.effect_noise((width // 2, height // 2), 30).resize((width, height), Image.Resampling.BICUBIC)
    image = Image.blend(image, Image.merge("RGB", (coarse, fine, coarse)), 0.25)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    image.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def tutorial(path):
    """Decode all of it, turn all of it, and make each size from all of it with the encoders' defaults."""
    image = Image.open(path)
    image.load()
    image = ImageOps.exif_transpose(image)
    made = {}
    for width in WIDTHS:
        small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        for extension, file_format in FORMATS.items():
            out = BytesIO()
            small.save(out, file_format)
            made[f"{width}.{extension}"] = out.getvalue()
    return made


def ours(path):
    """The whole intake: those six files, a fallback, and the picture that is kept."""
    picture = pictures.read(Path(path).read_bytes(), pictures.Limits(50_000_000, 256 * 1024 * 1024))
    return {f"{one.width}.{one.extension}": one.content for one in picture.renditions}


def measure(way, path, folder):
    begun, cpu = time.perf_counter(), time.process_time()
    made = {"tutorial": tutorial, "ours": ours}[way](path)
    result = {"ms": (time.perf_counter() - begun) * 1000, "cpu": (time.process_time() - cpu) * 1000}
    result["mb"] = peak_memory()
    for name, content in made.items():
        (Path(folder) / f"{way}-{name}").write_bytes(content)
    print(json.dumps(result))


def peak_memory():
    """Megabytes at their highest. On Linux not from getrusage, which counts the parent's before exec() too."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def run(way, path, folder):
    command = [sys.executable, "-m", "tests.benchmarks.renditions", "--child", way, str(path), str(folder)]
    environ = os.environ | (image_worker_pool.ALLOCATOR if way == "ours" else {})  # as a worker has it
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, env=environ)
    return json.loads(done.stdout)


def psnr(reference, path):
    difference = ImageChops.difference(reference, Image.open(path).convert("RGB"))
    squares = ImageStat.Stat(difference).sum2
    error = sum(squares) / (3 * reference.width * reference.height)
    return 10 * math.log10(255**2 / error) if error else math.inf


def report(label, path, rounds, folder):
    times = {"tutorial": [], "ours": []}
    for _ in range(rounds):
        for way, results in times.items():  # in turns, so that a busy minute hits both
            results.append(run(way, path, folder))
    middle = {
        way: {key: statistics.median(one[key] for one in results) for key in ("ms", "cpu", "mb")}
        for way, results in times.items()
    }
    print(f"\n{label}: {Path(path).stat().st_size / 1e6:.1f} MB, median of {rounds} rounds")
    print(f"{'':12}{'wall ms':>9}{'CPU ms':>9}{'peak MB':>9}")
    for way, values in middle.items():
        print(f"{way:12}{values['ms']:9.0f}{values['cpu']:9.0f}{values['mb']:9.0f}")
    ratio = {key: middle["ours"][key] / middle["tutorial"][key] for key in ("ms", "cpu", "mb")}
    print(f"{'ratio':12}{ratio['ms']:9.2f}{ratio['cpu']:9.2f}{ratio['mb']:9.2f}")
    full = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    print(f"\n{'file':12}{'bytes':>9}{'tutorial':>10}{'ratio':>8}{'PSNR':>8}{'tutorial':>10}{'lost dB':>9}")
    totals = [0, 0]
    for width in WIDTHS:
        reference = full.resize((width, round(full.height * width / full.width)), Image.Resampling.LANCZOS)
        for extension in FORMATS:
            mine, theirs = (Path(folder) / f"{way}-{width}.{extension}" for way in ("ours", "tutorial"))
            sizes = mine.stat().st_size, theirs.stat().st_size
            totals = [total + size for total, size in zip(totals, sizes, strict=True)]
            a, b = psnr(reference, mine), psnr(reference, theirs)
            print(
                f"{width}.{extension:7}{sizes[0]:9}{sizes[1]:10}{sizes[0] / sizes[1]:8.2f}{a:8.1f}{b:10.1f}{b - a:9.2f}"
            )
    print(f"{'all six':12}{totals[0]:9}{totals[1]:10}{totals[0] / totals[1]:8.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", help="JPEG files; drawn when none is given")
    parser.add_argument("--megapixels", type=int, nargs="*", default=[12, 24])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        measure(*arguments.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        photos = [(Path(path).name, path) for path in arguments.photos]
        for megapixels in [] if photos else arguments.megapixels:
            path = Path(folder) / f"{megapixels}.jpg"
            path.write_bytes(photo(megapixels))
            photos.append((f"drawn, {megapixels} megapixels", path))
        for label, path in photos:
            report(label, path, arguments.rounds, folder)


if __name__ == "__main__":
    main()
