using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NetMQ.Core;

namespace Bridge.Messaging.Tests.Wire;

[TestClass]
public class PrefixSetTests
{
    [TestMethod]
    public void MatchesPrefixOf_AnyTopics_AgreesWithTryingThemAll() =>
        Prop.ForAll((byte[][] topics, byte[] frame) =>
        {
            byte[][] valid = [.. topics.Where(t => t is { Length: < 3 }).Select(t => t.Select(b => (byte)(b % 3)).ToArray())];
            byte[] data = [.. (frame ?? []).Select(b => (byte)(b % 3))];
            PrefixSet set = new();
            foreach (byte[] topic in valid)
            {
                set.Add(topic);
            }

            return set.MatchesPrefixOf(data) == valid.Any(t => data.AsSpan().StartsWith(t));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Remove_TopicAddedTwice_IsGoneAfterTheSecond()
    {
        byte[] topic = Encoding.ASCII.GetBytes("hole");
        PrefixSet set = new();

        Assert.IsTrue(set.Add(topic));
        Assert.IsFalse(set.Add(topic));
        Assert.IsFalse(set.Remove(topic));
        Assert.IsTrue(set.MatchesPrefixOf("hole 3"u8));
        Assert.IsTrue(set.Remove(topic));
        Assert.IsFalse(set.MatchesPrefixOf("hole 3"u8));
        Assert.IsFalse(set.Remove(topic));
    }
}
