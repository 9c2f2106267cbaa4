using System.Text;
using Bridge.AgentHost.Tests.Support;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>The real program, through real sockets.</summary>
[TestClass]
public sealed class LiveHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static TempFolder s_folder = null!;
    private static HostUnderTest s_host = null!;

    [ClassInitialize]
    public static void StartHost(TestContext _)
    {
        s_folder = new TempFolder();
        s_host = new HostUnderTest(s_folder.Path);
    }

    [ClassCleanup]
    public static void StopHost()
    {
        s_host.Dispose();
        s_folder.Dispose();
    }

    [TestMethod]
    public void Suggest_UnknownSession_IsAFault()
        => Assert.AreEqual(FaultCode.UnknownSession, Fault(new SuggestRequest("nobody").ToMessage("id")).Code);

    [TestMethod]
    public void AnyMessage_UnknownType_IsAFaultAndNotSilence()
        => Assert.AreEqual(FaultCode.UnknownMessageType, Fault(new BridgeMessage("sing", "id", [])).Code);

    [TestMethod]
    [DataRow("bridge/9", "suggest", "id", "{}", FaultCode.UnknownProtocol)]
    [DataRow("HTTP/1.1", "suggest", "id", "{}", FaultCode.BadFrame)]
    [DataRow("bridge/1", "suggest", "id", "{", FaultCode.BadFrame)]
    [DataRow("bridge/1", "suggest", "../id", "{}", FaultCode.BadFrame)]
    [DataRow("bridge/1", "suggest", "id", "{}", FaultCode.BadField)]
    [DataRow("bridge/1", "open_session", "id", "{\"session\":\"x\",\"path\":\"no-such.nav\"}", FaultCode.UnreadableFile)]
    [DataRow("bridge/1", "open_session", "id", "{\"session\":\"x\",\"targets\":[{\"x_um\":0,\"y_um\":0,\"kind\":\"square\"}]}", FaultCode.NoTargets)]
    [DataRow("bridge/1", "open_session", "id", "{\"session\":\"x\",\"targets\":[{\"x_um\":0,\"y_um\":0}],\"planner\":\"oracle\"}", FaultCode.UnknownPlanner)]
    public void AnyMessage_WrongFrames_IsAFault(string protocol, string type, string id, string json, FaultCode code)
    {
        using DealerSocket socket = Connect();

        socket.SendMultipartBytes([.. new[] { protocol, type, id, json }.Select(Encoding.UTF8.GetBytes)]);

        Assert.AreEqual(code, ((FaultReply)Receive(socket)).Code);
    }

    [TestMethod]
    public void Hello_FromAReqSocket_GetsItsDelimiterBack()
    {
        using var socket = new RequestSocket();
        socket.Connect(s_host.Endpoint);

        socket.SendMultipartBytes([.. MessageCodec.Encode(new HelloRequest("test").ToMessage("id"))]);
        List<byte[]>? frames = null;
        Assert.IsTrue(socket.TryReceiveMultipartBytes(Limit, ref frames));

        var welcome = (WelcomeReply)Reply.Parse(MessageCodec.Decode(frames));
        Assert.AreEqual("rate", welcome.Planners[0]);
    }

    [TestMethod]
    public void Session_ThroughTheSocket_FindsTheSameHolesAsTheEvaluation()
    {
        MeasuredGrid specimen = Make.Specimen(holes: 1000, seed: 5);
        var options = new BridgeClientOptions { Endpoint = s_host.Endpoint };
        using var client = new BridgeClient(options);
        RunResult evaluated = new CollectionRun(specimen, MoveMinutes.Text, 480, LastMove.Strict).Play(Planners.Create("rate", specimen.Grid, 3), firstHole: 17);

        RunResult live = new Demo.SimulatedMicroscope(specimen, MoveMinutes.Text, 480).Collect(client, options, "rate", seed: 3, firstHole: 17);

        CollectionAssert.AreEqual(evaluated.Visits.ToArray(), live.Visits.ToArray());
    }

    [TestMethod]
    public void Sessions_ManyAtOnce_DoNotMix()
    {
        MeasuredGrid[] specimens = [.. Enumerable.Range(0, 8).Select(i => Make.Specimen(holes: 300, seed: 100 + i))];

        Parallel.For(0, specimens.Length, new ParallelOptions { MaxDegreeOfParallelism = specimens.Length }, i =>
        {
            var options = new BridgeClientOptions { Endpoint = s_host.Endpoint };
            using var client = new BridgeClient(options);
            RunResult evaluated = new CollectionRun(specimens[i], MoveMinutes.Text, 240, LastMove.Strict).Play(Planners.Create("rate", specimens[i].Grid, i), firstHole: i);

            RunResult live = new Demo.SimulatedMicroscope(specimens[i], MoveMinutes.Text, 240).Collect(client, options, "rate", seed: i, firstHole: i);

            CollectionAssert.AreEqual(evaluated.Visits.ToArray(), live.Visits.ToArray());
        });
    }

    [TestMethod]
    public void OpenSession_NavigatorFile_HandsOutItsItems()
    {
        string path = SharedData.PathOf("navigator", "tool_written_points.nav");
        using DealerSocket socket = Connect();

        var opened = (SessionOpenedReply)Ask(socket, new OpenSessionRequest("nav") { Path = path, MinutesLeft = 60 });
        var suggestion = (SuggestionReply)Ask(socket, new SuggestRequest("nav"));

        Assert.IsTrue(opened.Targets > 10);
        Assert.IsTrue(opened.Places.Any(place => place.Item == suggestion.Target!.Item));
        Ask(socket, new CloseSessionRequest("nav"));
    }

    [TestMethod]
    public void OpenSession_TruncatedNavigatorFile_NamesFileAndLine()
    {
        string path = SharedData.PathOf("navigator", "truncated.nav");
        using DealerSocket socket = Connect();

        var fault = (FaultReply)Ask(socket, new OpenSessionRequest("nav2") { Path = path });

        Assert.AreEqual(FaultCode.UnreadableFile, fault.Code);
        StringAssert.Contains(fault.Message, "truncated.nav");
        StringAssert.Contains(fault.Message, "line 1");
    }

    [TestMethod]
    public void CloseSession_Again_GetsTheSameAnswer_AndTheNameIsFree()
    {
        MeasuredGrid specimen = Make.Specimen(holes: 50);
        using DealerSocket socket = Connect();
        Ask(socket, Make.Opening(specimen, "again"));
        BridgeMessage close = new CloseSessionRequest("again").ToMessage("close-1");

        Reply first = Exchange(socket, close), second = Exchange(socket, close);
        var reopened = (SessionOpenedReply)Ask(socket, Make.Opening(specimen, "again"));

        Assert.AreEqual(first, second);
        Assert.IsFalse(reopened.Resumed);
        Ask(socket, new CloseSessionRequest("again"));
    }

    [TestMethod]
    public void Serve_SecondHostOnOneFolder_IsRefusedInWords()
    {
        (int exitCode, _, string error) = HostUnderTest.Run("serve", "--endpoint", "tcp://127.0.0.1:0", "--data-folder", s_folder.Path);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "another agent-host");
    }

    [TestMethod]
    public void Serve_PortInUse_IsRefusedInWords()
    {
        using var folder = new TempFolder();

        (int exitCode, _, string error) = HostUnderTest.Run("serve", "--endpoint", s_host.Endpoint, "--data-folder", folder.Path);

        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, "cannot listen");
    }

    [TestMethod]
    public void Serve_OpenAddress_IsWrongUse()
    {
        (int exitCode, _, string error) = HostUnderTest.Run("serve", "--endpoint", "tcp://0.0.0.0:48950");

        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, "loopback");
    }

    private static DealerSocket Connect()
    {
        var socket = new DealerSocket();
        socket.Connect(s_host.Endpoint);
        return socket;
    }

    private static FaultReply Fault(BridgeMessage message)
    {
        using DealerSocket socket = Connect();
        return (FaultReply)Exchange(socket, message);
    }

    private static Reply Ask(DealerSocket socket, Request request) => Exchange(socket, Make.Message(request));

    private static Reply Exchange(DealerSocket socket, BridgeMessage message)
    {
        socket.SendMultipartBytes([.. MessageCodec.Encode(message)]);
        return Receive(socket);
    }

    private static Reply Receive(DealerSocket socket)
    {
        List<byte[]>? frames = null;
        Assert.IsTrue(socket.TryReceiveMultipartBytes(Limit, ref frames), "no answer");
        return Reply.Parse(MessageCodec.Decode(frames));
    }
}
