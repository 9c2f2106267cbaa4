using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class SessionMailboxTests
{
    /// <summary>Found by <c>bridge-trials load</c>: with all sessions flooded at once, those that found no free thread were silent for more than 10 s.</summary>
    [TestMethod]
    public async Task Post_ManyAtOnce_GivesTheThreadBackAfterEachRequest()
    {
        const int requests = 200;
        using var go = new ManualResetEventSlim();
        var mailbox = new SessionMailbox(requests + 1, new LogLines<SessionMailbox>());
        int done = 0;

        mailbox.Post(go.Wait);
        for (int i = 0; i < requests; i++)
            mailbox.Post(() => done++);
        long before = ThreadPool.CompletedWorkItemCount;
        go.Set();
        await mailbox.CompleteAsync();

        Assert.AreEqual(requests, done);
        // Others may have used the pool meanwhile, which only adds: one turn for all requests would be 1 or 2.
        Assert.IsGreaterThanOrEqualTo(requests, ThreadPool.CompletedWorkItemCount - before);
    }
}
