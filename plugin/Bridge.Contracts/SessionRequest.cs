using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>A request that belongs to one session; requests of one session are carried out one after the other.</summary>
public abstract record SessionRequest(string Session) : Request
{
    private protected sealed override void Write(JObject json)
    {
        json["session"] = Session;
        WriteFields(json);
    }

    private protected abstract void WriteFields(JObject json);
}
