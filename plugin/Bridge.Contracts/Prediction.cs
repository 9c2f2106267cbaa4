using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>What a classifier says of one target; at least one of the two numbers.</summary>
/// <param name="Item">The target's number.</param>
public sealed record Prediction(int Item)
{
    /// <summary>Predicted CTF value (maximum resolution) in Å, or null.</summary>
    public double? CtfA { get; init; }

    /// <summary>Probability that it is good, 0 to 1, or null.</summary>
    public double? Probability { get; init; }

    public JObject ToJson()
    {
        var json = new JObject { ["item"] = Item };
        ContractJson.WriteUnlessNull(json, "predicted_ctf_a", CtfA);
        ContractJson.WriteUnlessNull(json, "probability", Probability);
        return json;
    }

    /// <exception cref="ContractException">A field is missing, of the wrong type or out of range.</exception>
    public static Prediction Parse(JObject json)
    {
        var fields = new Fields("prediction", json);
        var prediction = new Prediction(fields.Integer("item", 1, Target.MaxItem))
        {
            CtfA = fields.OptionalNumber("predicted_ctf_a", 0, 1000),
            Probability = fields.OptionalNumber("probability", 0, 1),
        };
        return prediction is { CtfA: null, Probability: null }
            ? throw new ContractException(FaultCode.BadField, $"prediction of item {prediction.Item}: give 'predicted_ctf_a' or 'probability'")
            : prediction;
    }
}
