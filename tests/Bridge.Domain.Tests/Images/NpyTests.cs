using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Images;

[TestClass]
public sealed class NpyTests
{
    [TestMethod]
    public void Read_SomeValuesMissing_AreNaN()
    {
        byte[] file = ImageBuilder.NpyFloats("(2, 2)", 1, float.NaN, float.PositiveInfinity, 4);

        Picture picture = ImageBuilder.Read(file);

        CollectionAssert.AreEqual(new[] { 1, float.NaN, float.NaN, 4 }, picture.Values);
        Assert.AreEqual((1f, 4f), picture.Range());
    }

    [TestMethod]
    public void Read_NoValueIsANumber_IsRefused()
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Read(ImageBuilder.NpyFloats("(1, 2)", float.NaN, float.NaN)), "t.img", "none of its 2 x 1 values is a number");

    [TestMethod]
    public void Read_SharedCrops_AreThoseThatPythonSees()
    {
        using ImageSource source = ImageFile.Open(SharedData.PathOf("stem", "dev.npy"));

        Picture last = source.Read(784);

        // Of python3-numpy: numpy.load(…)[784][0, :4], .min(), .max(), .sum()
        Assert.AreEqual((785, 96, 96), (source.Count, last.Width, last.Height));
        (float Min, float Max) range = last.Range();
        Assert.AreEqual("2751 3897 2766 3802", string.Join(' ', last.Values[..4]));
        Assert.AreEqual("0 65535 158081109", $"{range.Min} {range.Max} {last.Values.Sum(value => (double)value)}");
    }

    [TestMethod]
    [DataRow("(96, 0)", "0 x 96")]
    [DataRow("(2147483648, 2147483648)", "'shape' is 2147483648 x 2147483648")]
    [DataRow("(2000000000, 96, 96)", "needs bytes")]
    [DataRow("(0, 96, 96)", "0 images")]
    [DataRow("(4,)", "two axes")]
    [DataRow("(1, 1, 2, 2)", "two axes")]
    [DataRow("(2, 99999999999999999999)", "no size")]
    [DataRow("(-2, 2)", "no size")]
    [DataRow("(3, 3)", "cut short")]
    public void Open_ShapeThatCannotBe_IsRefusedByField(string shape, string words)
    {
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ImageBuilder.Open(ImageBuilder.NpyFloats(shape, 1, 2, 3, 4)));

        StringAssert.StartsWith(refusal.Message, "t.img: ", StringComparison.Ordinal);
        StringAssert.Contains(refusal.Message, "shape", StringComparison.Ordinal);
        StringAssert.Contains(refusal.Message, words, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 1)", "'descr'")]
    [DataRow("'descr': '<c8', 'fortran_order': False, 'shape': (1, 1)", "'descr'")]
    [DataRow("'descr': '|u2', 'fortran_order': False, 'shape': (1, 1)", "'descr'")]
    [DataRow("'descr': '<f4', 'fortran_order': 1, 'shape': (1, 1)", "'fortran_order'")]
    [DataRow("'descr': '<f4', 'fortran_order': False", "'shape'")]
    public void Open_HeaderThatCannotBe_IsRefusedByField(string header, string words)
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Open(ImageBuilder.Npy($"{{{header}}}", new byte[8])), "t.img", words);
}
