namespace Bridge.AgentHost.Serving;

/// <summary>Answers that are held back, at most 64 of them and one a peer: whoever guesses secrets waits, and nobody waits with him. Belongs to the socket's thread.</summary>
internal sealed class HeldAnswers
{
    /// <summary>Most answers held back at once; of further ones nothing is kept, and they are not sent.</summary>
    public const int Capacity = 64;

    private readonly List<(string Peer, long Due, Action Send)> _held = [];

    public bool IsEmpty => _held.Count == 0;

    /// <summary>Is an answer to this peer being held back? What it says meanwhile is not listened to.</summary>
    /// <param name="peer">Its routing id.</param>
    public bool Holds(ReadOnlySpan<byte> peer)
    {
        if (_held.Count == 0)
            return false;
        string name = Convert.ToHexString(peer);
        return _held.Exists(held => held.Peer == name);
    }

    /// <param name="due">When it is to be sent, on the clock of <see cref="SendDue"/>, in ms.</param>
    public void Hold(ReadOnlySpan<byte> peer, long due, Action send)
    {
        if (_held.Count < Capacity)
            _held.Add((Convert.ToHexString(peer), due, send));
    }

    public void SendDue(long now)
    {
        for (int i = _held.Count - 1; i >= 0; i--)
        {
            if (_held[i].Due > now)
                continue;
            Action send = _held[i].Send;
            _held.RemoveAt(i);
            send();
        }
    }
}
