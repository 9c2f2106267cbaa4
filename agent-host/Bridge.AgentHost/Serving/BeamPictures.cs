using Bridge.Agents.Alignment.Camera;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>Pictures of the beam that come with <c>observe_beam</c>.</summary>
internal static class BeamPictures
{
    /// <summary>The message with the position of the beam in place of its picture, or with why there is none; any other message as it is.</summary>
    /// <exception cref="ContractException">The description or the frame does not fit.</exception>
    public static BridgeMessage Located(BridgeMessage message)
    {
        if (message.Type != MessageTypes.ObserveBeam || message.Body[ObserveBeamRequest.PictureField] is null)
            return message;
        var fields = new Fields(message.Type, message.Body);
        if (message.Body.ContainsKey("x") || message.Body.ContainsKey("y"))
            throw fields.Bad(ObserveBeamRequest.PictureField, "given without 'x' and 'y'");
        var shape = new Fields(message.Type, fields.OptionalObject(ObserveBeamRequest.PictureField)!);
        if (message.Binary.Count != 1)
            throw new ContractException(FaultCode.BadFrame, $"{message.Type}: a picture comes with its pixels as one binary frame, this message has {message.Binary.Count}");
        var picture = CameraPicture.Read(
            shape.Integer("width", CameraPicture.LeastEdge, CameraPicture.MostEdge),
            shape.Integer("height", CameraPicture.LeastEdge, CameraPicture.MostEdge),
            shape.Text("type"),
            message.Binary[0]);
        FoundDisk found = DiskFinder.Find(picture);
        var body = (JObject)message.Body.DeepClone();
        body.Remove(ObserveBeamRequest.PictureField);
        if (found.Centre is { } centre)
            (body["x"], body["y"]) = (centre.X, centre.Y);
        else
            body["why"] = found.Why;
        return new BridgeMessage(message.Type, message.RequestId, body);
    }
}
