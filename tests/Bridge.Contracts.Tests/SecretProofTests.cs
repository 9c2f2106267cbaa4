using System.Text;

namespace Bridge.Contracts.Tests;

[TestClass]
public sealed class SecretProofTests
{
    private const string Secret = "a secret of some length";

    private static readonly string Client = string.Concat(Enumerable.Repeat("0123456789abcdef", 4)), Host = string.Concat(Enumerable.Repeat("fedcba9876543210", 4));

    [TestMethod]
    public void Proofs_KnownInputs_AreWhatPythonComputes()
    {
        // python3: hmac.new(b"a secret of some length", b"bridge/1 client 48950 <client nonce> <host nonce>", hashlib.sha256).hexdigest()
        Assert.AreEqual("e53d10514c950c2ceeb2cad24f197e69316cf0eb9c7cee8ff245637a9e147b09", SecretProof.OfClient(Secret, 48950, Client, Host));
        Assert.AreEqual("be4166cf70ff2570b848b3f812e6a05dded4dfcf7e389e326c5a0ec33d8e5ff3", SecretProof.OfHost(Secret, 48950, Client, Host));
    }

    [TestMethod]
    public void Proofs_AnythingElseThanTheSame_IsAnother()
    {
        string[] proofs =
        [
            SecretProof.OfClient(Secret, 48950, Client, Host), SecretProof.OfHost(Secret, 48950, Client, Host), SecretProof.OfClient(Secret + "x", 48950, Client, Host),
            SecretProof.OfClient(Secret, 48951, Client, Host), SecretProof.OfClient(Secret, 48950, Host, Client), SecretProof.OfClient(Secret, 48950, Client, Client),
        ];

        Assert.HasCount(proofs.Length, proofs.Distinct());
        Assert.IsTrue(Array.TrueForAll(proofs, proof => !proof.Contains(Secret, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void NewNonce_Twice_DiffersAndFits()
    {
        string one = SecretProof.NewNonce(), other = SecretProof.NewNonce();

        Assert.AreNotEqual(one, other);
        Assert.AreEqual(one, ((HelloRequest)Request.Parse(new HelloRequest("test") { Nonce = one }.ToMessage("id"))).Nonce);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("abc")]
    [DataRow("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF")]
    [DataRow("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde ")]
    [DataRow("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    public void Prove_NonceThatIsNone_IsRefused(string nonce)
    {
        List<byte[]> frames = MessageCodec.Encode(new ProveRequest(Client, Host).ToMessage("id"));
        frames[3] = Encoding.UTF8.GetBytes($"{{\"nonce\":\"{nonce}\",\"proof\":\"{Host}\"}}");

        Assert.AreEqual(FaultCode.BadField, Assert.ThrowsExactly<ContractException>(() => Request.Parse(MessageCodec.Decode(frames))).Code);
    }
}
