"""Writes one image after the other with other people's libraries: write_images.py FOLDER. One line each to stdout: name, width, height, images, offset."""
import sys
import numpy
import mrcfile
import tifffile
from PIL import Image

folder = sys.argv[1]


def pattern(image, width, height, offset=0, most=200):
    y, x = numpy.mgrid[0:height, 0:width]
    return (29 * image + 7 * x + 13 * y) % most + offset


def stack(count, width, height, offset=0):
    return numpy.array([pattern(i, width, height, offset) for i in range(count)])


def tell(name, width, height, count=1, offset=0):
    print(name, width, height, count, offset)


for kind in ["|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">i4", "<i8", "<f2", ">f4", "<f4", ">f8"]:
    offset = -100 if kind[1] in "if" else 0
    for order in "CF":
        name = "%s%s%s.npy" % (kind[1:], "big" if kind[0] == ">" else "", order)
        numpy.save("%s/%s" % (folder, name), numpy.asarray(pattern(0, 37, 23, offset).astype(kind), order=order))
        tell(name, 37, 23, offset=offset)
        numpy.save("%s/stack-%s" % (folder, name), numpy.asarray(stack(3, 17, 11, offset).astype(kind), order=order))
        tell("stack-" + name, 17, 11, 3, offset)

grey = Image.fromarray(pattern(0, 45, 31).astype("u1"))
deep = Image.fromarray(pattern(0, 45, 31).astype("u2"))
palette = Image.fromarray(pattern(0, 45, 31).astype("u1"), mode="P")
palette.putpalette([v // 3 for v in range(768)])
for name, image, options in [
    ("grey.png", grey, {}), ("grey16.png", deep, {}), ("palette.png", palette, {}), ("rgb.png", grey.convert("RGB"), {}), ("rgba.png", grey.convert("RGBA"), {}), ("la.png", grey.convert("LA"), {}),
    ("plain.tif", grey, {}), ("rgb.tif", grey.convert("RGB"), {"compression": "tiff_lzw"}), ("float.tif", Image.fromarray(pattern(0, 45, 31).astype("f4")), {}),
    ("lzw.tif", grey, {"compression": "tiff_lzw"}), ("lzw2.tif", deep, {"compression": "tiff_lzw", "tiffinfo": {317: 2}}), ("packbits.tif", grey, {"compression": "packbits"}),
    ("deflate.tif", deep, {"compression": "tiff_adobe_deflate", "tiffinfo": {317: 2}}),
]:
    image.save("%s/%s" % (folder, name), **options)
    tell(name, 45, 31)
large = Image.fromarray(numpy.random.default_rng(1).integers(0, 200, (300, 300)).astype("u1"))  # fills LZW's table several times
large.save(folder + "/large.png")
large.save(folder + "/large.tif", compression="tiff_lzw", tiffinfo={317: 2})
pages = [Image.fromarray(pattern(i, 45, 31).astype("u1")) for i in range(3)]
pages[0].save(folder + "/pages.tif", save_all=True, append_images=pages[1:], compression="tiff_lzw")
tell("pages.tif", 45, 31, 3)

for kind, options in [
    (">u2", {"byteorder": ">"}), (">f4", {"byteorder": ">", "tile": (16, 16)}), ("u1", {"tile": (32, 16), "compression": "zlib"}), ("u2", {"compression": "zlib", "predictor": True, "rowsperstrip": 5}),
    ("u2", {"byteorder": ">", "compression": "zlib", "predictor": True, "tile": (16, 32)}), ("i2", {"bigtiff": True}), ("u4", {"bigtiff": True, "tile": (16, 16)}), ("f8", {}), ("f2", {}), ("i4", {"compression": "zlib", "predictor": True}),
]:
    offset = -100 if kind[-2] in "if" else 0
    name = "tf-%s-%s.tif" % (kind.replace(">", ""), "-".join(sorted(options)))
    tifffile.imwrite(folder + "/" + name, stack(2, 45, 31, offset).astype(kind), photometric="minisblack", metadata=None, **options)
    tell(name, 45, 31, 2, offset)

for kind, offset in [("i1", -100), ("i2", -100), ("u2", 0), ("f4", -100), ("f2", -100)]:
    with mrcfile.new("%s/%s.mrc" % (folder, kind)) as mrc:
        mrc.set_data(stack(2, 45, 31, offset).astype(kind))
        mrc.set_image_stack()
        mrc.set_extended_header(numpy.zeros(96, dtype="V1"))
        mrc.voxel_size = 2.5
    tell(kind + ".mrc", 45, 31, 2, offset)
