using Bridge.Agents.Classifier.SemiSupervised;
using Newtonsoft.Json.Linq;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class FixMatchLossTests
{
    [TestMethod]
    public void Of_GoldenCases_AgreesWithPyTorchInLossAndGradient()
    {
        var golden = JObject.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Classifier", "SemiSupervised", "fixmatch-golden.json")));
        int cases = 0;

        foreach (JToken of in golden["cases"]!)
        {
            float[] labelled = Floats(of["labelled"]!), strong = Floats(of["strong"]!);
            long[] labels = of["labels"]!.ToObject<long[]>()!;
            (long[] rows, long[] classes) = FixMatchLoss.Confident(tensor(Floats(of["weak"]!), [strong.Length / 2, 2]), (double)of["cut_off"]!);
            float[] confident = [.. rows.SelectMany(row => strong.Skip(2 * (int)row).Take(2))];
            Tensor logits = tensor((float[])[.. labelled, .. confident], [labels.Length + rows.Length, 2], requires_grad: true);

            Tensor loss = FixMatchLoss.Of(logits, tensor((long[])[.. labels, .. classes]), labels.Length, strong.Length / 2, (double)of["weight"]!);
            loss.backward();

            CollectionAssert.AreEqual(of["confident"]!.ToObject<long[]>()!, rows);
            Assert.AreEqual((double)of["loss"]!, loss.item<float>(), 1e-5);
            float[] all = Floats(of["strong_gradient"]!), gradient = logits.grad!.data<float>().ToArray();
            float[] expected = [.. Floats(of["labelled_gradient"]!), .. rows.SelectMany(row => all.Skip(2 * (int)row).Take(2))];
            for (int i = 0; i < expected.Length; i++)
                Assert.AreEqual(expected[i], gradient[i], 1e-6f, $"gradient {i}");
            Assert.IsTrue(all.Where((_, i) => !rows.Contains(i / 2)).All(value => value == 0), "what is left out has a gradient");
            cases++;
        }

        Assert.AreEqual(4, cases);
    }

    [TestMethod]
    public void Of_RandomLogits_AgreesWithTheSumsWrittenOut()
    {
        var random = new Random(5);
        for (int round = 0; round < 20; round++)
        {
            int labelled = random.Next(1, 8), unlabelled = random.Next(1, 30);
            double cutOff = 0.5 + 0.5 * random.NextDouble(), weight = 5 * random.NextDouble();
            float[] labelledLogits = Logits(labelled), weak = Logits(unlabelled), strong = Logits(unlabelled);
            long[] labels = [.. Enumerable.Range(0, labelled).Select(_ => (long)random.Next(2))];

            (long[] rows, long[] classes) = FixMatchLoss.Confident(tensor(weak, [unlabelled, 2]), cutOff);
            float[] taken = [.. rows.SelectMany(row => strong.Skip(2 * (int)row).Take(2))];
            double loss = FixMatchLoss.Of(tensor((float[])[.. labelledLogits, .. taken], [labelled + rows.Length, 2]), tensor((long[])[.. labels, .. classes]), labelled, unlabelled, weight).item<float>();

            double expected = 0;
            for (int i = 0; i < labelled; i++)
                expected -= Math.Log(Probability(labelledLogits, i, labels[i])) / labelled;
            for (int i = 0; i < unlabelled; i++)
            {
                double good = Probability(weak, i, 1);
                if (Math.Max(good, 1 - good) >= cutOff)
                    expected -= weight * Math.Log(Probability(strong, i, good > 0.5 ? 1 : 0)) / unlabelled;
            }
            Assert.AreEqual(expected, loss, 1e-4);
        }

        float[] Logits(int count) => [.. Enumerable.Range(0, 2 * count).Select(_ => (float)(4 * random.NextDouble() - 2))];
        static double Probability(float[] logits, int row, long label) => 1 / (1 + Math.Exp(logits[2 * row + 1 - label] - logits[2 * row + label]));
    }

    private static float[] Floats(JToken rows) => [.. rows.SelectMany(row => row.Select(value => (float)value))];
}
