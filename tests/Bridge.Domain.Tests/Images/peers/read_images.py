"""Says what other people's libraries see in files that Bridge wrote: read_images.py FILE..., one line each."""
import sys
import numpy
import mrcfile
from PIL import Image

for path in sys.argv[1:]:
    if path.endswith(".mrc"):
        valid = mrcfile.validate(path, print_file=sys.stderr)
        with mrcfile.open(path) as mrc:
            data, header = numpy.array(mrc.data), mrc.header
            print("valid" if valid else "invalid", data.shape, int(header.mode), "%.4f" % float(mrc.voxel_size.x), data.sum(), header.dmin, header.dmax, "%.4f" % header.dmean, "%.4f" % header.rms)
    else:
        image = Image.open(path)
        image.load()
        print(image.mode, image.size, int(numpy.asarray(image).sum()))
