using System.ComponentModel.DataAnnotations;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;

namespace Bridge.AgentHost.Serving;

/// <summary>A planner that a session can have, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnownPlannerAttribute : ValidationAttribute
{
    private static readonly string[] Known = [.. Planners.Names.Where(name => name != "oracle"), .. Planners.OfSessions, .. PlannerModels.All.Names];

    public KnownPlannerAttribute()
        : base($"choose {string.Join(", ", Known)}.")
    {
    }

    public override bool IsValid(object? value) => value is string name && (name.Length == 0 || Known.Contains(name));
}
