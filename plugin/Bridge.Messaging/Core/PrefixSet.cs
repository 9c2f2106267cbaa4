namespace NetMQ.Core;

/// <summary>A counted set of topics, asked whether one of them is a prefix of a frame: one look-up for each length that occurs.</summary>
internal sealed class PrefixSet
{
    private readonly Dictionary<byte[], int> _topics = new(BytesComparer.Instance);
    private readonly SortedDictionary<int, int> _topicsByLength = [];

    public int Count => _topics.Count;

    /// <summary>Length of all topics together.</summary>
    public long Bytes { get; private set; }

    public IEnumerable<byte[]> Topics => _topics.Keys;

    /// <summary>True when the topic is new.</summary>
    public bool Add(byte[] topic)
    {
        _topics.TryGetValue(topic, out int count);
        _topics[topic] = count + 1;
        if (count == 0)
        {
            _topicsByLength.TryGetValue(topic.Length, out int sameLength);
            _topicsByLength[topic.Length] = sameLength + 1;
            Bytes += topic.Length;
        }
        return count == 0;
    }

    /// <summary>True when this was the last of its topic.</summary>
    public bool Remove(byte[] topic)
    {
        if (!_topics.TryGetValue(topic, out int count))
        {
            return false;
        }
        if (count > 1)
        {
            _topics[topic] = count - 1;
            return false;
        }
        _topics.Remove(topic);
        Bytes -= topic.Length;
        if (--_topicsByLength[topic.Length] == 0)
        {
            _topicsByLength.Remove(topic.Length);
        }
        return true;
    }

    public bool Contains(byte[] topic) => _topics.ContainsKey(topic);

    public bool MatchesPrefixOf(ReadOnlySpan<byte> frame)
    {
        var lookup = _topics.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach ((int length, _) in _topicsByLength)
        {
            if (length > frame.Length)
            {
                return false;
            }
            if (lookup.ContainsKey(frame[..length]))
            {
                return true;
            }
        }
        return false;
    }
}
