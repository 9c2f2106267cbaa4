using System.Diagnostics;
using System.Text.Json;
using Bridge.Agents.Weights;
using Bridge.Testing;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Tests.Weights;

[TestClass]
public sealed class WeightsFileTests
{
    private static Module<Tensor, Tensor> Network() => Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(8, 3));

    [TestMethod]
    public void Load_WhatWasSaved_GivesTheSameAnswersAndMetadata()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> saved = Network(), loaded = Network();
        using Tensor x = randn(4, 1, 4, 4);
        saved.call(x);   // moves the running statistics

        WeightsFile.Save(folder.File("w.safetensors"), saved.state_dict(), new Dictionary<string, string> { ["seed"] = "7" });
        IReadOnlyDictionary<string, string> metadata = WeightsFile.Load(folder.File("w.safetensors"), loaded);

        saved.eval();
        loaded.eval();
        Assert.IsTrue(saved.call(x).allclose(loaded.call(x), 0, 0));
        Assert.AreEqual("7", metadata["seed"]);
        Assert.AreEqual("7", WeightsFile.ReadMetadata(folder.File("w.safetensors"))["seed"]);
        Assert.HasCount(1, Directory.GetFiles(folder.Path), "no temporary file is left");
    }

    [TestMethod]
    public void Save_Twice_GivesTheSameBytes()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network();

        WeightsFile.Save(folder.File("a"), network.state_dict());
        WeightsFile.Save(folder.File("b"), network.state_dict());

        CollectionAssert.AreEqual(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
    }

    [TestMethod]
    public void Save_ReadByPython_IsTheSame()
    {
        using var folder = new TempFolder();
        string path = folder.File("w.safetensors");
        using Tensor all = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        var state = new Dictionary<string, Tensor> { ["wide"] = all.t(), ["n"] = tensor(1L << 60), ["flags"] = tensor(new[] { true, false }) };

        WeightsFile.Save(path, state, new Dictionary<string, string> { ["was"] = "Größe" });
        JsonElement read = JsonDocument.Parse(Judge("read", path)).RootElement;

        Assert.AreEqual("""["F32", [3, 2], [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]]""", read.GetProperty("tensors").GetProperty("wide").GetRawText());
        Assert.AreEqual("""["I64", [], [1152921504606846976]]""", read.GetProperty("tensors").GetProperty("n").GetRawText());
        Assert.AreEqual("""["BOOL", [2], [true, false]]""", read.GetProperty("tensors").GetProperty("flags").GetRawText());
        Assert.AreEqual("Größe", read.GetProperty("metadata").GetProperty("was").GetString());
    }

    [TestMethod]
    public void Read_WrittenByPython_IsTheSame()
    {
        using var folder = new TempFolder();
        string path = folder.File("w.safetensors");
        Judge("write", path);

        var (state, metadata) = WeightsFile.Read(path);

        CollectionAssert.AreEqual(new[] { 1.5f, -2, 0, 0.25f }, state["w"].data<float>().ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 2 }, state["w"].shape);
        Assert.AreEqual((1L << 53) + 1, state["n"].item<long>());
        CollectionAssert.AreEqual(new[] { true, false, true }, state["m"].data<bool>().ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 3 }, state["empty"].shape);
        Assert.AreEqual("7", metadata["seed"]);
    }

    [TestMethod]
    public void Load_CutAnywhere_IsRefusedByNameAndSize_AndChangesNothing()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network();
        WeightsFile.Save(folder.File("w"), network.state_dict());
        byte[] whole = File.ReadAllBytes(folder.File("w"));
        float before = Sum(network);

        for (int length = 0; length < whole.Length; length += 1 + length / 8)
        {
            string path = folder.Write("cut", whole.AsSpan(0, length));
            InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() => WeightsFile.Load(path, network), $"cut to {length}");
            Assert.Contains($"{path} ({length} bytes)", e.Message);
        }

        Assert.AreEqual(before, Sum(network));
    }

    [TestMethod]
    public void Load_ForAnotherModule_NamesTheTensor_AndChangesNothing()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network(), smaller = Sequential(Conv2d(1, 2, 3)), wider = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(8, 4));
        WeightsFile.Save(folder.File("w"), network.state_dict());
        float before = Sum(wider);

        Assert.Contains("'3.bias' is F32 [3], the module's is F32 [4]", Refusal(folder.File("w"), wider) + Refusal(folder.File("w"), wider));
        Assert.Contains("is not in the module", Refusal(folder.File("w"), smaller));
        WeightsFile.Save(folder.File("s"), smaller.state_dict());
        Assert.Contains("of the module is not in the file", Refusal(folder.File("s"), network));
        Assert.AreEqual(before, Sum(wider));
    }

    [TestMethod]
    public void Load_NotStrict_TakesWhatFits()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network(), first = Sequential(Conv2d(1, 2, 3));
        WeightsFile.Save(folder.File("w"), network.state_dict());

        WeightsFile.Load(folder.File("w"), first, strict: false);

        Assert.IsTrue(first.state_dict()["0.weight"].allclose(network.state_dict()["0.weight"], 0, 0));
    }

    [TestMethod]
    public void Load_LargerThanTheLimit_IsRefusedUnread()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network();
        WeightsFile.Save(folder.File("w"), network.state_dict());

        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() => WeightsFile.Load(folder.File("w"), network, maxBytes: 100));

        Assert.Contains("limit of 100 bytes", e.Message);
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("PK\u0003\u0004 a zip file, as PyTorch's own format is one", DisplayName = "a PyTorch file")]
    [DataRow("{\"a\":1}{\"a\":1}{\"a\":1}", DisplayName = "text")]
    public void Load_AnotherFormat_IsRefused(string contents)
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network();
        string path = folder.Write("w.pt", System.Text.Encoding.Latin1.GetBytes(contents));

        Assert.ThrowsExactly<InvalidDataException>(() => WeightsFile.Load(path, network));
    }

    [TestMethod]
    public void Read_AByteThatIsNoBool_IsRefused()
    {
        using var folder = new TempFolder();
        string path = folder.File("w");
        WeightsFile.Save(path, new Dictionary<string, Tensor> { ["flags"] = tensor(new[] { true, false }) });
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] = 2;
        File.WriteAllBytes(path, bytes);

        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(() => WeightsFile.Read(path));

        Assert.Contains("'flags'", e.Message);
    }

    [TestMethod]
    public void Save_IntoAFolderThatIsNot_LeavesNothing()
    {
        using var folder = new TempFolder();
        using Module<Tensor, Tensor> network = Network();

        Assert.ThrowsExactly<DirectoryNotFoundException>(() => WeightsFile.Save(Path.Combine(folder.Path, "none", "w"), network.state_dict()));

        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Refusal(string path, Module<Tensor, Tensor> module)
        => Assert.ThrowsExactly<InvalidDataException>(() => WeightsFile.Load(path, module)).Message;

    private static float Sum(Module<Tensor, Tensor> module) => module.state_dict().Values.Sum(value => value.sum().to(ScalarType.Float32).item<float>());

    private static string Judge(string verb, string path)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Weights", "judge_safetensors.py");
        using Process python = Process.Start(new ProcessStartInfo(Peers.Python("struct"), [script, verb, path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = python.StandardOutput.ReadToEnd();
        Assert.IsTrue(python.WaitForExit(20_000));
        Assert.AreEqual(0, python.ExitCode);
        return output;
    }
}
