using System.Text.Json;
using TorchSharp;

namespace Bridge.Torch.Tests.Golden;

/// <summary>The inputs and settings of a case, for the function that makes the same call of ours.</summary>
public sealed class GoldenCall
{
    private readonly GoldenCase _case;
    private readonly Dictionary<string, torch.Tensor> _tensors = [];

    /// <param name="golden">Whose inputs and settings.</param>
    /// <param name="shifted">An input to change at one element, or null.</param>
    public GoldenCall(GoldenCase golden, (string Name, int Element, double Shift)? shifted = null)
    {
        _case = golden;
        foreach (var (name, value) in golden.Inputs)
        {
            GoldenTensor input = value;
            if (shifted is (string which, int element, double shift) && which == name)
                input = value with { Values = [.. value.Values.Select((v, i) => i == element ? v + shift : v)] };
            torch.Tensor tensor = input.ToTensor();
            _tensors[name] = golden.Grads.ContainsKey(name) ? tensor.requires_grad_() : tensor;
        }
    }

    public torch.Tensor this[string name] => _tensors[name];

    public torch.Tensor? Optional(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>All inputs, in the file's order.</summary>
    public IEnumerable<(string Name, torch.Tensor Value)> Inputs => _case.Inputs.Keys.Select(name => (name, _tensors[name]));

    /// <summary>Says that the gradient of an input is to be read from another tensor, which took over its values.</summary>
    public void Bind(string name, torch.Tensor tensor) => _tensors[name] = tensor;

    public double Double(string name, double other = 0) => Find(name)?.GetDouble() ?? other;

    public double? OptionalDouble(string name) => Find(name)?.GetDouble();

    public long Long(string name, long other = 0) => Find(name)?.GetInt64() ?? other;

    public bool Bool(string name, bool other = false) => Find(name)?.GetBoolean() ?? other;

    public bool IsText(string name) => Find(name)?.ValueKind == JsonValueKind.String;

    public string Text(string name, string other = "") => Find(name)?.GetString() ?? other;

    public long[]? Longs(string name) => Find(name) is JsonElement list ? [.. list.EnumerateArray().Select(value => value.GetInt64())] : null;

    public string[] Texts(string name) => [.. Find(name)!.Value.EnumerateArray().Select(value => value.GetString()!)];

    private JsonElement? Find(string name) => _case.Args.TryGetProperty(name, out JsonElement value) ? value : null;
}
