using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class RequestResponseTests
{
    [TestMethod]
    public void RoundTrip_TwoClients_EachGetsItsOwnReply()
    {
        using ResponseSocket response = new();
        int port = response.BindRandomPort("tcp://127.0.0.1");
        using RequestSocket a = new($">{Make.At(port)}"), b = new($">{Make.At(port)}");
        a.SendFrame("from a");
        b.SendFrame("from b");

        for (int i = 0; i < 2; i++)
        {
            response.SendMoreFrame(Make.ReceiveString(response)).SendFrame("back");
        }

        Assert.AreEqual("from a", Make.Receive(a).First.ConvertToString());
        Assert.AreEqual("from b", Make.Receive(b).First.ConvertToString());
    }

    [TestMethod]
    public void Request_OutOfTurn_Throws()
    {
        using ResponseSocket response = new();
        using RequestSocket request = new($">{Make.At(response.BindRandomPort("tcp://127.0.0.1"))}");

        Assert.ThrowsExactly<FiniteStateMachineException>(() => request.TryReceiveFrameBytes(out _));
        request.SendFrame("one");
        Assert.ThrowsExactly<FiniteStateMachineException>(() => request.SendFrame("two"));
        Assert.AreEqual("one", Make.ReceiveString(response));
        response.SendFrame("reply");
        Assert.AreEqual("reply", Make.ReceiveString(request));
        Assert.ThrowsExactly<FiniteStateMachineException>(() => request.TryReceiveFrameBytes(out _));
    }

    [TestMethod]
    public void Response_OutOfTurn_Throws()
    {
        using ResponseSocket response = new();
        using RequestSocket request = new($">{Make.At(response.BindRandomPort("tcp://127.0.0.1"))}");

        Assert.ThrowsExactly<FiniteStateMachineException>(() => response.SendFrame("early"));
        request.SendFrame("one");
        Make.ReceiveString(response);
        Assert.ThrowsExactly<FiniteStateMachineException>(() => response.TryReceiveFrameBytes(out _));
        response.SendFrame("reply");
        Assert.AreEqual("reply", Make.ReceiveString(request));
    }

    [TestMethod]
    public void Response_AskerGoneBeforeTheReply_ServesTheNext()
    {
        using ResponseSocket response = new();
        int port = response.BindRandomPort("tcp://127.0.0.1");
        RequestSocket gone = new($">{Make.At(port)}");
        gone.SendFrame("one");
        Make.ReceiveString(response);
        gone.Dispose();
        Make.Eventually(() => response.Engine.ConnectionCount == 0, "the connection is closed");

        response.SendFrame("to nobody");

        using RequestSocket next = new($">{Make.At(port)}");
        next.SendFrame("two");
        Assert.AreEqual("two", Make.ReceiveString(response));
    }

    [TestMethod]
    public void Response_RequestWithoutDelimiter_IsPassedOver()
    {
        using ResponseSocket response = new();
        using DealerSocket dealer = new($">{Make.At(response.BindRandomPort("tcp://127.0.0.1"))}");

        dealer.SendFrame("no delimiter");
        dealer.SendFrameEmpty();
        dealer.SendMoreFrame("route").SendMoreFrameEmpty().SendFrame("right");

        Assert.AreEqual("right", Make.ReceiveString(response));
        response.SendFrame("reply");
        NetMQMessage reply = Make.Receive(dealer);
        Assert.AreEqual("route", reply[0].ConvertToString());
        Assert.AreEqual("reply", reply[2].ConvertToString());
    }

    [TestMethod]
    public void Request_ReplyNobodyAskedFor_IsPassedOver()
    {
        using RouterSocket router = Make.Router(out int port);
        using RequestSocket request = new();
        request.Options.Identity = [9];
        request.Connect(Make.At(port));
        request.SendFrame("one");
        Make.Receive(router);

        router.SendMoreFrame([9]).SendFrame("no delimiter");
        router.SendMoreFrame([9]).SendMoreFrameEmpty().SendFrame("reply");
        router.SendMoreFrame([9]).SendMoreFrameEmpty().SendFrame("again");

        Assert.AreEqual("reply", Make.ReceiveString(request));
        request.SendFrame("two");
        Make.Receive(router);
        router.SendMoreFrame([9]).SendMoreFrameEmpty().SendFrame("second reply");
        Assert.AreNotEqual("again", Make.ReceiveString(request));
    }
}
