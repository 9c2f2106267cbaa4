namespace NetMQ.Core;

/// <summary>A message received and not yet taken, with what it counts for in bytes.</summary>
internal readonly record struct Inbound(byte[][] Frames, long Cost);
