using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Changes what the session is for; takes the place of the goal before.</summary>
public sealed record SetGoalRequest(string Session, Goal Goal) : SessionRequest(Session)
{
    public override string Type => MessageTypes.SetGoal;

    private protected override void WriteFields(JObject json) => json["goal"] = Goal.ToJson();

    internal static SetGoalRequest Read(Fields fields) => new(fields.Id("session"), Goal.Parse(fields.OptionalObject("goal") ?? throw fields.Bad("goal", "an object")));
}
