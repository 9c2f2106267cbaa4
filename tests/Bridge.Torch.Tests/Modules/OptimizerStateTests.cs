using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Modules;

[TestClass]
public sealed class OptimizerStateTests
{
    private static readonly Dictionary<string, Func<Parameter[], OptimizerHelper>> s_kinds = new()
    {
        ["SGD"] = parameters => optim.SGD(parameters, 0.1, momentum: 0.9, dampening: 0.5),
        ["Adam"] = parameters => optim.Adam(new[] { new Adam.ParamGroup([parameters[0]]), new Adam.ParamGroup([parameters[1]], 0.02, amsgrad: true) }, 0.1),
        ["AdamW"] = parameters => optim.AdamW(parameters, 0.1, weight_decay: 0.1),
        ["RMSProp"] = parameters => optim.RMSProp(parameters, 0.1, momentum: 0.5, centered: true),
    };

    [TestMethod]
    [DataRow("SGD")]
    [DataRow("Adam")]
    [DataRow("AdamW")]
    [DataRow("RMSProp")]
    public void Load_SavedAfterSomeSteps_GoesOnAsIfNeverStopped(string kind)
    {
        Parameter[] whole = New(), first = New();
        using OptimizerHelper all = s_kinds[kind](whole), begun = s_kinds[kind](first);
        Train(all, whole, 0, 6);
        Train(begun, first, 0, 3);
        Parameter[] viaFile = [.. first.Select(p => nn.Parameter(p.detach().clone()))], viaObject = [.. first.Select(p => nn.Parameter(p.detach().clone()))];
        using OptimizerHelper fromFile = s_kinds[kind](viaFile), fromObject = s_kinds[kind](viaObject);
        foreach (optim.ILearningRateController group in fromFile.ParamGroups)
            group.LearningRate = 77;   // the file's rate counts

        using (var reader = new BinaryReader(new MemoryStream(Saved(begun))))
            fromFile.load_state_dict(reader);
        fromObject.load_state_dict(begun.state_dict());
        Train(begun, first, 3, 1);   // what was loaded is a copy
        Train(fromFile, viaFile, 3, 3);
        Train(fromObject, viaObject, 3, 3);

        for (int i = 0; i < whole.Length; i++)
        {
            CollectionAssert.AreEqual(whole[i].data<float>().ToArray(), viaFile[i].data<float>().ToArray());
            CollectionAssert.AreEqual(whole[i].data<float>().ToArray(), viaObject[i].data<float>().ToArray());
        }
    }

    [TestMethod]
    public void Load_CutAnywhere_IsRefusedAndChangesNothing()
    {
        Parameter[] parameters = New();
        using OptimizerHelper optimiser = s_kinds["Adam"](parameters);
        Train(optimiser, parameters, 0, 2);
        byte[] before = Saved(optimiser);

        for (int length = 0; length < before.Length; length++)
        {
            using var reader = new BinaryReader(new MemoryStream(before, 0, length));
            Assert.ThrowsExactly<InvalidDataException>(() => optimiser.load_state_dict(reader), $"{length} bytes");
        }

        CollectionAssert.AreEqual(before, Saved(optimiser));
    }

    [TestMethod]
    public void Load_OfSomethingElse_IsRefusedByName()
    {
        using OptimizerHelper sgd = s_kinds["SGD"](New()), adam = s_kinds["Adam"](New()), other = s_kinds["SGD"]([nn.Parameter(ones(3)), nn.Parameter(ones(9))]), one = optim.SGD([nn.Parameter(ones(3))], 1);

        Assert.Contains("Adam", Refused(sgd, Saved(adam)));
        Assert.Contains("9 elements", Refused(sgd, Saved(other)));
        Assert.Contains("1 groups with 1", Refused(sgd, Saved(one)));
        Assert.Contains("not the state", Refused(sgd, [4, .. "none"u8]));
        byte[] wrong = Saved(sgd);
        BitConverter.GetBytes(-1.0).CopyTo(wrong, "Bridge optimiser 1".Length + 1 + 4 + 8);
        Assert.Contains("learning rate", Refused(sgd, wrong));
        Assert.Contains("groups", Assert.ThrowsExactly<ArgumentException>(() => sgd.load_state_dict(one.state_dict())).Message);
        Assert.Contains("another optimiser", Assert.ThrowsExactly<ArgumentException>(() => s_kinds["RMSProp"](New()).load_state_dict(sgd.state_dict())).Message);
        Assert.Contains("[9]", Assert.ThrowsExactly<ArgumentException>(() => sgd.load_state_dict(other.state_dict())).Message);
    }

    [TestMethod]
    public void SaveAndLoad_File_AreTheSameAndALongerFileIsRefused()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("bridge-").FullName, "state");
        Parameter[] parameters = New();
        using OptimizerHelper optimiser = s_kinds["AdamW"](parameters), fresh = s_kinds["AdamW"](New());
        Train(optimiser, parameters, 0, 2);
        try
        {
            optimiser.save_state_dict(path);
            fresh.load_state_dict(path);
            File.AppendAllText(path, "more");

            CollectionAssert.AreEqual(Saved(optimiser), Saved(fresh));
            Assert.Contains("4 bytes", Assert.ThrowsExactly<InvalidDataException>(() => fresh.load_state_dict(path)).Message);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, true);
        }
    }

    private static Parameter[] New() => [nn.Parameter(arange(3).to(float32)), nn.Parameter(ones(2, 2))];

    private static void Train(optim.Optimizer optimiser, Parameter[] parameters, int from, int steps)
    {
        for (int step = from; step < from + steps; step++)
        {
            foreach (Parameter parameter in parameters)
                parameter.grad = (arange(parameter.numel()).to(float32) + step).sin().reshape(parameter.shape);
            optimiser.step();
        }
    }

    private static byte[] Saved(OptimizerHelper optimiser)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
            optimiser.save_state_dict(writer);
        return memory.ToArray();
    }

    private static string Refused(OptimizerHelper optimiser, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        return Assert.ThrowsExactly<InvalidDataException>(() => optimiser.load_state_dict(reader)).Message;
    }
}
