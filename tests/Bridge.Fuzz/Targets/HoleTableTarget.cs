using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>Tables of holes.</summary>
internal sealed class HoleTableTarget : FuzzTarget
{
    public override string Name => "tables";

    public override IReadOnlyList<string> Words => ["hole", "grid", "square", "patch", "x_um", "y_um", "x_px", "ctf_max_res_angstrom", "predicted_ctf_angstrom", ",", "\"", "\"\"", "\r\n", ",,,,", "\uFEFF"];

    public override Gen<byte[]> Valid
        => from rows in Gen.Choose(0, 100_000).Two().ArrayOf().Where(rows => rows.Length > 0)
           select Encoding.ASCII.GetBytes("hole,grid,square,patch,x_um,y_um,ctf_max_res_angstrom,predicted_ctf_angstrom\n"
               + string.Concat(rows.Select((row, i) => FormattableString.Invariant($"h{i},g,s{i % 3},s{i % 3}p{i % 12},{row.Item1 / 100.0},{row.Item2 / 100.0},{3 + row.Item1 % 10},{4 + row.Item2 % 5}\n"))));

    public override string? Read(byte[] input)
    {
        try
        {
            return HoleTable.Parse("fuzz.csv", input).Grid.Holes.Count > 0 ? null : throw new FuzzFailure("a table without holes was accepted");
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }
}
