using System.Globalization;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Client;
using Bridge.Contracts;
using Spectre.Console;

namespace Bridge.AgentHost.Demo;

/// <summary>One alignment through a real host, from camera pictures, step by step in the terminal.</summary>
internal static class AlignmentShow
{
    private const string Session = "demo-alignment";
    private const int MostSteps = 30;

    /// <summary>Shows one alignment.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <returns>True if the beam truly is at the goal.</returns>
    /// <exception cref="ContractException">The host refuses or does not answer.</exception>
    public static bool Play(BridgeClient client, int seed, IAnsiConsole console)
    {
        var settings = new DiffractionAlignmentSettings();
        var microscope = new DiffractionAlignment(settings, seed);
        var camera = new BeamCamera();
        var random = new Random(seed);
        console.WriteLine(Text($"A beam on a camera of {settings.CameraPx:0} px. Nobody was told how the shift moves it: turned by {microscope.RotationRad * 180 / Math.PI:0}°, scaled by {microscope.Scale:0.00}{(microscope.IsFlipped ? ", flipped" : "")}."));
        Ask<AlignmentBegunReply>(client, new BeginAlignmentRequest(Session, microscope.Goal.X, microscope.Goal.Y, MaxShift: 80) { MaxStep = 4, FirstShift = 1, MaxSteps = MostSteps });
        var table = new Table().Border(TableBorder.Rounded).AddColumns("step", "beam, px", "to go, px", "shift", "why");
        BeamShiftReply reply;
        int step = 0;
        do
        {
            // As a script would: take a picture, find the disk, tell where it is.
            Xy? beam = camera.Measure(microscope.Beam, random);
            Ask<AckReply>(client, new ObserveBeamRequest(Session, beam?.X, beam?.Y));
            reply = Ask<BeamShiftReply>(client, new NextBeamShiftRequest(Session));
            if (reply.Kind == BeamShiftKind.GoOn)
                microscope.Set(new Xy(reply.ShiftX, reply.ShiftY));
            table.AddRow(Text($"{step++}"), beam is { } seen ? Text($"{seen.X:0.0}, {seen.Y:0.0}") : "not found", Text($"{reply.Distance ?? double.NaN:0.0}"), Text($"{reply.ShiftX:0.000}, {reply.ShiftY:0.000}"), Markup.Escape(reply.Why));
        }
        while (reply.Kind == BeamShiftKind.GoOn);
        Ask<SessionClosedReply>(client, new CloseSessionRequest(Session));
        console.Write(table);
        double off = (microscope.Goal - microscope.Beam).Length;
        console.WriteLine(Text($"{(reply.Kind == BeamShiftKind.Aligned ? "Aligned" : "Given up")} after {step - 1} shifts; the beam truly is {off:0.00} px from the goal."));
        return reply.Kind == BeamShiftKind.Aligned && off <= 2;
    }

    private static T Ask<T>(BridgeClient client, Request request) where T : Reply => client.Ask(request, TimeSpan.FromSeconds(10)) switch
    {
        T reply => reply,
        FaultReply fault => throw new ContractException(fault.Code, fault.Message),
        _ => throw new ContractException(FaultCode.HostUnreachable, $"no answer to {request.Type}; see that the host runs"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
