using Bridge.Messaging.Tests.Support;
using NetMQ;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class QueueTests
{
    [TestMethod]
    public void TryDequeue_Empty_ReturnsFalseAtOnceAndAfterATime()
    {
        using NetMQQueue<string> queue = new();

        Assert.IsFalse(queue.TryDequeue(out _, TimeSpan.Zero));
        Assert.IsFalse(queue.TryDequeue(out _, TimeSpan.FromMilliseconds(20)));
    }

    [TestMethod]
    public void Dequeue_Filled_GivesTheItemsInOrder()
    {
        using NetMQQueue<int> queue = new();
        queue.Enqueue(1);
        queue.Enqueue(2);

        CollectionAssert.AreEqual(new[] { 1, 2 }, queue.ToArray());
        Assert.AreEqual(1, queue.Dequeue());
        Assert.AreEqual(2, queue.Dequeue());
        Assert.IsTrue(queue.IsEmpty);
    }

    [TestMethod]
    public void Enqueue_AtCapacity_WaitsForRoom()
    {
        using NetMQQueue<int> queue = new(capacity: 1);
        queue.Enqueue(1);

        Task second = Task.Run(() => queue.Enqueue(2));
        Assert.IsFalse(second.Wait(50));
        Assert.AreEqual(1, queue.Dequeue());

        Assert.IsTrue(second.Wait(Make.Soon));
        Assert.AreEqual(2, queue.Dequeue());
    }

    [TestMethod]
    public void Dispose_WhileAnotherThreadWaits_ItThrows()
    {
        NetMQQueue<int> queue = new();
        Task<int> waiting = Task.Run(queue.Dequeue);

        queue.Dispose();

        Assert.ThrowsExactly<AggregateException>(() => waiting.Wait(Make.Soon));
        Assert.IsInstanceOfType<ObjectDisposedException>(waiting.Exception!.InnerException);
    }
}
