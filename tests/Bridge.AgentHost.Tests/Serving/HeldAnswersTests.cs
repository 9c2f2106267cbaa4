using Bridge.AgentHost.Serving;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class HeldAnswersTests
{
    [TestMethod]
    public void SendDue_AnswersOfTwoPeers_GoWhenTheyAreDueAndNotBefore()
    {
        var held = new HeldAnswers();
        var sent = new List<string>();
        byte[] one = [0, 1], other = [0, 2];
        held.Hold(one, 100, () => sent.Add("one"));
        held.Hold(other, 200, () => sent.Add("other"));

        held.SendDue(99);
        string[] early = [.. sent];
        held.SendDue(100);

        Assert.IsEmpty(early);
        CollectionAssert.AreEqual(new[] { "one" }, sent);
        Assert.IsFalse(held.Holds(one));
        Assert.IsTrue(held.Holds(other));
        held.SendDue(1000);
        Assert.IsTrue(held.IsEmpty);
        Assert.HasCount(2, sent);
    }

    [TestMethod]
    public void Hold_MoreThanTheyMayBe_KeepsNoMore()
    {
        var held = new HeldAnswers();
        int sent = 0;

        for (int i = 0; i < 10 * HeldAnswers.Capacity; i++)
            held.Hold(BitConverter.GetBytes(i), 0, () => sent++);
        held.SendDue(0);

        Assert.AreEqual(HeldAnswers.Capacity, sent);
        Assert.IsTrue(held.IsEmpty);
    }
}
