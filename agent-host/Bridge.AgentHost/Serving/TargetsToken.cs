using System.Diagnostics.CodeAnalysis;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>A grid's targets in a journal line that is to be written. Each is made when its turn comes: the tokens of 100 000 holes at once are 200 MB, which a collection
/// has to walk through while all sessions wait.</summary>
internal sealed class TargetsToken(Grid grid) : JRaw((object?)null)
{
    /// <summary>Writes them; the attributes are those of the method that it replaces.</summary>
    [RequiresUnreferencedCode("as JValue.WriteTo")]
    [RequiresDynamicCode("as JValue.WriteTo")]
    public override void WriteTo(JsonWriter writer, params JsonConverter[] converters)
    {
        writer.WriteStartArray();
        foreach (Target target in grid.ToTargets())
            target.ToJson().WriteTo(writer);
        writer.WriteEndArray();
    }
}
