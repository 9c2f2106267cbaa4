"""Views, joins, indexing."""
import torch
import torch.nn.functional as F


def add_cases(f):
    x = lambda *shape: {"x": f.rand(*shape)}
    f.case("reshape", "[2, 6] to [3, -1]", lambda x: x.reshape(3, -1), x(2, 6), shape=[3, -1])
    f.case("reshape", "of a transposed view", lambda x: x.transpose(0, 1).reshape(-1), x(2, 6), shape=[-1], transposed=True)
    f.case("permute", "2 0 1", lambda x: x.permute(2, 0, 1), x(2, 3, 4), dims=[2, 0, 1])
    f.case("transpose", "0 and 2", lambda x: x.transpose(0, 2), x(2, 3, 4), dims=[0, 2])
    f.case("t", "a matrix", lambda x: x.t(), x(2, 3))
    f.case("unsqueeze", "-1", lambda x: x.unsqueeze(-1), x(2, 3), dim=-1)
    f.case("squeeze", "1", lambda x: x.squeeze(1), x(2, 1, 3), dim=1)
    f.case("expand", "[3, 1] to [2, 3, 4]", lambda x: x.expand(2, 3, 4), x(3, 1), shape=[2, 3, 4])
    f.case("flatten", "from 1", lambda x: x.flatten(1), x(2, 3, 4), start=1)
    f.case("narrow", "columns 1 to 3", lambda x: x.narrow(1, 1, 3), x(2, 5), dim=1, start=1, length=3)
    f.case("slice", "every second column from 1", lambda x: x[:, 1::2], x(3, 6), dim=1, start=1, stop=6, step=2)
    f.case("select", "row 1", lambda x: x[1], x(3, 4), dim=0, index=1)
    f.case("select", "the last column", lambda x: x[:, -1], x(3, 4), dim=1, index=-1)
    f.case("index", "rows by a tensor, one twice", lambda x, i: x[i], {"x": f.rand(3, 4), "i": torch.tensor([2, 0, 2])})
    f.case("index_pair", "element by element", lambda x, i, j: x[i, j], {"x": f.rand(3, 4), "i": torch.tensor([2, 0, 2]), "j": torch.tensor([1, 3, 1])})
    f.case("index_mask", "rows by a mask", lambda x, mask: x[mask], {"x": f.rand(3, 4), "mask": torch.tensor([True, False, True])})
    f.case("masked_select", "elements by a mask", lambda x, mask: x.masked_select(mask), {"x": f.rand(2, 2), "mask": torch.tensor([[True, False], [True, True]])})
    f.case("index_select", "columns, one twice", lambda x, i: x.index_select(1, i), {"x": f.rand(3, 4), "i": torch.tensor([3, 0, 3])}, dim=1)
    f.case("gather", "one action a row", lambda x, i: x.gather(1, i), {"x": f.rand(3, 4), "i": torch.tensor([[2], [0], [2]])}, dim=1)
    f.case("gather", "rows", lambda x, i: x.gather(0, i), {"x": f.rand(3, 2), "i": torch.tensor([[2, 1], [0, 0], [2, 1], [1, 1]])}, dim=0)
    f.case("scatter", "one a row", lambda x, i, src: x.scatter(1, i, src), {"x": f.rand(2, 4), "i": torch.tensor([[2, 0], [3, 1]]), "src": f.rand(2, 2)}, dim=1)
    f.case("scatter_add", "two on one", lambda x, i, src: x.scatter_add(1, i, src), {"x": f.rand(2, 4), "i": torch.tensor([[2, 2], [3, 1]]), "src": f.rand(2, 2)}, dim=1)
    three = lambda *shape: {"a": f.rand(*shape), "b": f.rand(*shape), "c": f.rand(*shape)}
    for dim in (0, 1, -1):
        f.case("cat", f"three along {dim}", lambda a, b, c: torch.cat([a, b, c], dim), three(2, 3), dim=dim)
        f.case("stack", f"three along {dim}", lambda a, b, c: torch.stack([a, b, c], dim), three(2, 3), dim=dim)
    f.case("cat", "of unlike sizes", lambda a, b: torch.cat([a, b], 1), {"a": f.rand(2, 3), "b": f.rand(2, 1)}, dim=1)
    f.case("split", "5 columns by 2", lambda x: x.split(2, 1), x(2, 5), size=2, dim=1)
    f.case("chunk", "3 of 7 columns", lambda x: x.chunk(3, 1), x(2, 7), chunks=3, dim=1)
    f.case("unbind", "along 1", lambda x: x.unbind(1), x(2, 3), dim=1)
    f.case("flip", "both", lambda x: x.flip(0, 1), x(2, 3), dims=[0, 1])
    f.case("repeat", "2 by 3", lambda x: x.repeat(2, 3), x(2, 2), times=[2, 3])
    f.case("one_hot", "of 5", lambda i: F.one_hot(i, 5), {"i": torch.tensor([0, 4, 2])}, classes=5)
    f.case("copy_slice", "a slice overwritten", overwrite, {"x": f.rand(3, 4), "src": f.rand(3, 2)}, constants=("x", "src"))


def overwrite(x, src):
    y = x * 2
    y[:, 1:3] = src
    return y * y
