using Bridge.Contracts;

namespace Bridge.Trials.Judging;

/// <summary>What a client asked, and what it was answered.</summary>
internal sealed record Exchange(BridgeMessage Request, Reply Reply);
