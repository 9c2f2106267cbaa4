using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>Transitions of one update, one a row.</summary>
/// <param name="GoesOn">0 where the episode ended by itself, else 1.</param>
internal sealed record SacBatch(Tensor StatesAndActions, Tensor States, Tensor Next, Tensor Rewards, Tensor GoesOn);
