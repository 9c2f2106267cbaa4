"""Batch and layer normalisation; for the batch kind also what becomes of the running statistics."""
import torch
import torch.nn.functional as F


def add_cases(f):
    for shape in ((6, 3), (2, 3, 5), (2, 3, 4, 4)):
        for training in (True, False):
            for affine in (True, False):
                add_batch_norm(f, shape, training, affine)
    f.case("batch_norm", "no running statistics", lambda x, weight, bias: F.batch_norm(x, None, None, weight, bias, True),
           {"x": f.rand(4, 3), "weight": f.rand(3, low=0.5), "bias": f.rand(3)}, training=True, momentum=0.1)
    for shape, normalised in (((3, 4), [4]), ((2, 3, 4), [4]), ((2, 3, 4), [3, 4])):
        inputs = {"x": f.rand(*shape), "weight": f.rand(*normalised, low=0.5), "bias": f.rand(*normalised)}
        f.case("layer_norm", f"{list(shape)} over {normalised}", lambda x, weight, bias: F.layer_norm(x, normalised, weight, bias), inputs, normalised=normalised)
    f.case("layer_norm", "no weight", lambda x: F.layer_norm(x, [4]), {"x": f.rand(3, 4)}, normalised=[4])


def add_batch_norm(f, shape, training, affine):
    inputs = {"x": f.rand(*shape), "running_mean": f.rand(3), "running_var": f.rand(3, low=0.5)}
    if affine:
        inputs |= {"weight": f.rand(3, low=0.5), "bias": f.rand(3)}

    def run(x, running_mean, running_var, weight=None, bias=None):
        mean, var = running_mean.clone(), running_var.clone()
        y = F.batch_norm(x, mean, var, weight, bias, training, momentum=0.3)
        return y, mean, var

    f.case("batch_norm", f"{list(shape)}, training {training}, affine {affine}", run, inputs, constants=("running_mean", "running_var"), training=training, momentum=0.3)
