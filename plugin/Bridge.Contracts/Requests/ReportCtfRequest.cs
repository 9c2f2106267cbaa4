using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What was measured at a target. It may come late, and for a target that was never suggested.</summary>
/// <param name="Item">The target's number.</param>
/// <param name="CtfMaxResA">CTF value: maximum resolution of the CTF fit in Å, above 0 and at most 1000.</param>
public sealed record ReportCtfRequest(string Session, int Item, double CtfMaxResA) : SessionRequest(Session)
{
    public override string Type => MessageTypes.ReportCtf;

    /// <summary>Score of the fit (its program's own scale), or null.</summary>
    public double? FitScore { get; init; }

    /// <summary>Defocus of the fit in µm, negative is underfocus as in SerialEM, or null.</summary>
    public double? DefocusUm { get; init; }

    /// <summary>What the micrograph is worth to the user, 0 or more: its number of particles, for example; or null.</summary>
    public double? Score { get; init; }

    private protected override void WriteFields(JObject json)
    {
        json["item"] = Item;
        json["ctf_max_res_a"] = CtfMaxResA;
        ContractJson.WriteUnlessNull(json, "fit_score", FitScore);
        ContractJson.WriteUnlessNull(json, "defocus_um", DefocusUm);
        ContractJson.WriteUnlessNull(json, "score", Score);
    }

    internal static ReportCtfRequest Read(Fields fields) => new(
        fields.Id("session"),
        fields.Integer("item", 1, Target.MaxItem),
        fields.Number("ctf_max_res_a", 0.1, 1000))
    {
        FitScore = fields.OptionalNumber("fit_score", -1e9, 1e9),
        DefocusUm = fields.OptionalNumber("defocus_um", -1000, 1000),
        Score = fields.OptionalNumber("score", 0, 1e9),
    };
}
