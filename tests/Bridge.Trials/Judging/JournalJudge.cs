using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Newtonsoft.Json;

namespace Bridge.Trials.Judging;

/// <summary>Holds what clients were answered against the journals on disk: nothing that was answered is lost, no answer belongs to another request, no
/// request acted twice, and no hole was handed out twice.</summary>
internal static class JournalJudge
{
    /// <returns>What was lost, a line each.</returns>
    /// <exception cref="ContractException">A journal is damaged.</exception>
    public static List<string> Judge(IEnumerable<string> journals, IEnumerable<Exchange> answered)
    {
        var losses = new List<string>();
        var kept = new Dictionary<string, JournalledExchange>(StringComparer.Ordinal);
        foreach (string journal in journals)
        {
            List<JournalledExchange> exchanges = Read(journal);
            losses.AddRange(HandedOutTwice(exchanges).Select(item => $"{Path.GetFileName(journal)}: item {item} was handed out twice"));
            foreach (JournalledExchange exchange in exchanges)
            {
                if (!kept.TryAdd(exchange.Message.RequestId, exchange))
                    losses.Add($"request {exchange.Message.RequestId} acted twice");
            }
        }
        foreach (Exchange told in answered)
        {
            if (!kept.TryGetValue(told.Id, out JournalledExchange? exchange))
                losses.Add($"{told.Type} {told.Id} was answered and is in no journal");
            else if (exchange.Message.Type != told.Type || exchange.Message.Body.ToString(Formatting.None) != told.Request)
                losses.Add($"{told.Type} {told.Id}: the journal has another request under this id");
            else if (told.Reply is not null && Exchange.TextOf(exchange.Reply) != told.Reply)
                losses.Add($"{told.Type} {told.Id} got another answer than the journal has");
        }
        return losses;
    }

    /// <summary>The exchanges of one journal. A last line that is being written is none.</summary>
    public static List<JournalledExchange> Read(string journal) => [.. JournalReader.Read(journal).Select(JournalledExchange.From)];

    /// <summary>Items that were suggested, or visited by the client's own choice, after they had been before. What was put off for later may come again.</summary>
    public static IEnumerable<int> HandedOutTwice(IEnumerable<JournalledExchange> exchanges)
    {
        var used = new HashSet<int>();
        foreach (JournalledExchange exchange in exchanges.Where(exchange => exchange.Reply is not FaultReply))
        {
            switch (exchange.Request)
            {
                case ReportSkippedRequest { Reason: SkipReason.Later } later:
                    used.Remove(later.Item);
                    break;
                case ReportVisitRequest visit:
                    used.Add(visit.Item);  // the client's own choice: it may name any target
                    break;
                case SuggestRequest when exchange.Reply is SuggestionReply { Kind: SuggestionKind.Target, Target: { } target } && !used.Add(target.Item):
                    yield return target.Item;
                    break;
            }
        }
    }
}
