namespace Bridge.AgentHost.Doctor;

/// <summary>How a check ended.</summary>
public enum Health
{
    Ok,
    Note,
    Bad,
}

/// <summary>The result of one check.</summary>
/// <param name="Check">What was looked at, in a word or two.</param>
/// <param name="Text">What was found, and if it is bad, what to do.</param>
public sealed record Finding(string Check, Health Health, string Text);
