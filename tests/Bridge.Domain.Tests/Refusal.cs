using System.Text;
using Bridge.Contracts;

namespace Bridge.Domain.Tests;

/// <summary>Checks that something is refused, with a code and a sentence that holds the given words.</summary>
internal static class Refusal
{
    public static ContractException Of(FaultCode code, Action action, params string[] words)
    {
        ContractException refusal = Assert.ThrowsExactly<ContractException>(action);
        Assert.AreEqual(code, refusal.Code, refusal.Message);
        foreach (string word in words)
            StringAssert.Contains(refusal.Message, word, StringComparison.Ordinal);
        return refusal;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
