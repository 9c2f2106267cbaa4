using System.Text.Json;

namespace Bridge.Torch.Tests.Golden;

/// <summary>One call of PyTorch: its inputs, settings, outputs, and the gradients of sum(output · weight).</summary>
public sealed record GoldenCase(
    string Op, string Title, JsonElement Args, IReadOnlyDictionary<string, GoldenTensor> Inputs, IReadOnlyList<GoldenTensor> Outputs,
    IReadOnlyList<GoldenTensor?> Weights, IReadOnlyDictionary<string, GoldenTensor> Grads)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>The cases of a family, such as <c>matrix</c>.</summary>
    public static IEnumerable<GoldenCase> Family(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(Read)];
    }

    public override string ToString() => $"{Op}: {Title}";

    private static GoldenCase Read(JsonElement json) => new(
        json.GetProperty("op").GetString()!, json.GetProperty("case").GetString()!, json.GetProperty("args").Clone(),
        Tensors(json, "inputs"), [.. json.GetProperty("outputs").EnumerateArray().Select(GoldenTensor.Read)],
        json.TryGetProperty("weights", out JsonElement weights) ? [.. weights.EnumerateArray().Select(Optional)] : [], Tensors(json, "grads"));

    private static Dictionary<string, GoldenTensor> Tensors(JsonElement json, string property)
        => (json.TryGetProperty(property, out JsonElement tensors) ? tensors : Nothing).EnumerateObject().ToDictionary(pair => pair.Name, pair => GoldenTensor.Read(pair.Value));

    private static GoldenTensor? Optional(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : GoldenTensor.Read(json);
}
