using Bridge.Agents.Classifier;
using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.AgentHost.Serving;

/// <summary>Crops that come with <c>score_holes</c>.</summary>
internal static class HoleCrops
{
    /// <exception cref="ContractException">The frame does not fit the description.</exception>
    public static CropStack Read(BridgeMessage message, ScoreHolesRequest request)
    {
        if (message.Binary.Count != 1)
            throw new ContractException(FaultCode.BadFrame, $"{message.Type}: crops come as one binary frame, this message has {message.Binary.Count}");
        SampleType sample = request.PixelType switch
        {
            "u8" => new SampleType(SampleKind.Unsigned, 1),
            "u16" => new SampleType(SampleKind.Unsigned, 2),
            _ => new SampleType(SampleKind.Float, 4),
        };
        byte[] bytes = message.Binary[0];
        long pixels = (long)request.Items.Count * request.CropPx * request.CropPx;
        if (bytes.Length != pixels * sample.Bytes)
            throw new ContractException(FaultCode.BadField, $"{message.Type}: {request.Items.Count} crops of {request.CropPx} x {request.CropPx} px of {request.PixelType} are {pixels * sample.Bytes} bytes, the frame has {bytes.Length}");
        var crops = new CropStack(request.CropPx, new float[pixels]);
        sample.Decode(bytes, crops.Pixels);
        for (int i = 0; i < crops.Count; i++)
        {
            if (!crops.HasContrast(i))
                crops[i].Clear(); // shows nothing, also where it is all NaN, which no image file may be
        }
        return crops;
    }
}
