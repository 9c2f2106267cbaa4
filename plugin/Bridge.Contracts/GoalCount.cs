namespace Bridge.Contracts;

/// <summary>What a session is to collect as much of as the time allows.</summary>
public enum GoalCount
{
    /// <summary>Good micrographs: CTF maximum resolution of 6 Å or better.</summary>
    Good,

    /// <summary>The sum of the scores that come with <see cref="ReportCtfRequest.Score"/>, such as numbers of particles; a micrograph that is not good counts nothing.</summary>
    Score,
}
