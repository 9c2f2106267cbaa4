using Bridge.Contracts;
using Bridge.Domain.Tables;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Tables;

[TestClass]
public sealed class HoleTableMutationTests
{
    [TestMethod]
    public void Parse_BrokenAtRandom_IsReadOrRefusedByFile()
    {
        byte[] whole = File.ReadAllBytes(SharedData.PathOf("y1", "dev.csv"))[..4000];
        whole = whole[..(whole.AsSpan().LastIndexOf((byte)'\n') + 1)];
        var random = new Random(3);
        int read = 0, refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = [.. whole];
            for (int i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)",\"\n\r-.e9"[random.Next(8)];
            try
            {
                HoleTable table = HoleTable.Parse("t.csv", bytes);
                Assert.HasCount(table.Grid.Holes.Count, table.Measured.CtfA);
                read++;
            }
            catch (ContractException e) when (e.Code == FaultCode.UnreadableFile)
            {
                StringAssert.StartsWith(e.Message, "t.csv", StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.IsTrue(read > 100 && refused > 100, $"read {read}, refused {refused}");
    }
}
