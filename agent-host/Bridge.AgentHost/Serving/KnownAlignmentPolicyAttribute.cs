using System.ComponentModel.DataAnnotations;
using Bridge.Agents.Alignment;

namespace Bridge.AgentHost.Serving;

/// <summary>A policy that an alignment session can have, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownAlignmentPolicyAttribute : ValidationAttribute
{
    public KnownAlignmentPolicyAttribute()
        : base($"choose {string.Join(", ", AlignmentPolicies.Served)}.")
    {
    }

    public override bool IsValid(object? value) => value is string name && (name.Length == 0 || AlignmentPolicies.Served.Contains(name));
}
