using Bridge.Contracts;

namespace Bridge.Client.Tests.Support;

/// <summary>As much of a good host as the client's tests need: acts once for each request id, hands out the lowest free item.</summary>
internal sealed class HonestHost
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Reply> _answers = [];
    private readonly List<Request> _acted = [];
    private readonly SortedDictionary<int, StageUm> _places = [];
    private readonly HashSet<int> _handedOut = [];

    /// <summary>What was carried out, in order, each request once.</summary>
    public List<Request> Acted
    {
        get
        {
            lock (_gate)
                return [.. _acted];
        }
    }

    /// <summary>Items that were suggested or visited and not put back.</summary>
    public List<int> HandedOut
    {
        get
        {
            lock (_gate)
                return [.. _handedOut.Order()];
        }
    }

    public IEnumerable<List<byte[]>> Answer(BridgeMessage message) => [MessageCodec.Encode(ReplyTo(message).ToMessage(message.RequestId))];

    public Reply ReplyTo(BridgeMessage message)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(message.RequestId, out Reply? reply))
            {
                Request request = Request.Parse(message);
                _acted.Add(request);
                _answers[message.RequestId] = reply = Act(request);
            }
            return reply;
        }
    }

    private Reply Act(Request request)
    {
        switch (request)
        {
            case HelloRequest:
                return new WelcomeReply("1.0", ["lowest"], []);
            case OpenSessionRequest open:
                foreach (Target target in open.Targets)
                    _places[target.Item] = target.Stage;
                return new SessionOpenedReply(open.Session, _places.Count, false, "lowest") { Places = [.. _places.Select(place => (place.Key, place.Value))] };
            case SuggestRequest:
                foreach ((int item, StageUm stage) in _places)
                {
                    if (_handedOut.Add(item))
                        return new SuggestionReply(SuggestionKind.Target, "the lowest") { Target = new Target { Item = item, Id = $"{item}", Stage = stage }, Probability = 0.5 };
                }
                return new SuggestionReply(SuggestionKind.Stop, "all are visited");
            case ReportVisitRequest visit:
                _handedOut.Add(visit.Item);
                break;
            case ReportSkippedRequest { Reason: SkipReason.Later } later:
                _handedOut.Remove(later.Item);
                break;
        }
        return new AckReply(_acted.Count);
    }
}
