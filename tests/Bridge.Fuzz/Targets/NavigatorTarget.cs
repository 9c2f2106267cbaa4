using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>Navigator files, autodoc and XML, and the grid that is made of them. A grid that was written must be read with as many holes.</summary>
internal sealed class NavigatorTarget : FuzzTarget
{
    public override string Name => "navigator";

    public override IReadOnlyList<string> Words =>
    [
        "[Item = ", "]", " = ", "AdocVersion = 2.00\n", "StageXYZ = ", "PtsX = ", "PtsY = ", "Type = ", "NumPts = ", "Acquire = 1\n", "GroupID = ", "MapID = ", "DrawnID = ", "UserValue1 = ", "XYinPc = ", "MapFile = ",
        "<navigator>", "</navigator>", "<Item name=\"", "<StageXYZ>", "</StageXYZ>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]>", "&b;", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "\r\n", "\0", "\uFEFF",
    ];

    public override Gen<byte[]> Valid => Gen.OneOf(Written, Xml);

    private static Gen<byte[]> Written
        => from seed in Gen.Choose(0, 1_000_000)
           from holes in Gen.Choose(4, 10)
           select NavigatorWriter.ToBytes(SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed, GridImages = 1 + seed % 2, Squares = 2, Patches = 4, Holes = holes }).Grid);

    private static Gen<byte[]> Xml
        => from count in Gen.Choose(1, 8)
           from points in Gen.Choose(-90_000, 90_000).Two().ArrayOf(count)
           select System.Text.Encoding.UTF8.GetBytes(string.Concat(
               "<?xml version=\"1.0\"?>\n<navigator>\n<PreData><AdocVersion>2.00</AdocVersion></PreData>\n",
               string.Concat(points.Select((point, i) => $"<Item name=\"{i + 1}\">\n <Color>0</Color>\n <StageXYZ>{point.Item1 / 100.0} {point.Item2 / 100.0} 1.5</StageXYZ>\n <NumPts>1</NumPts>\n <Regis>1</Regis>\n <Type>0</Type>\n <Acquire>1</Acquire>\n <PtsX>{point.Item1 / 100.0}</PtsX>\n <PtsY>{point.Item2 / 100.0}</PtsY>\n</Item>\n")),
               "</navigator>\n"));

    public override string? Read(byte[] input)
    {
        try
        {
            NavigatorGrid grid = NavigatorGrid.From(NavigatorFile.Parse("fuzz.nav", input));
            NavigatorGrid again = NavigatorGrid.From(NavigatorFile.Parse("again.nav", NavigatorWriter.ToBytes(grid.Grid)));
            return again.Grid.Holes.Count == grid.Grid.Holes.Count ? null : throw new FuzzFailure($"{grid.Grid.Holes.Count} holes written, {again.Grid.Holes.Count} read");
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }
}
