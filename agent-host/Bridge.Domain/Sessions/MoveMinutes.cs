using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Sessions;

/// <summary>Minutes of one move and exposure, by the outermost level that changes. Paper: CryoRL, section 4.2.</summary>
public sealed record MoveMinutes(double SamePatch, double SameSquare, double SameGridImage, double OtherGridImage)
{
    /// <summary>As printed in the paper: 2/3/5/10.</summary>
    public static MoveMinutes Text { get; } = new(2, 3, 5, 10);

    /// <summary>The minutes behind the paper's rewards 1.0/0.57/0.23/0.09: 2/5/10/15.</summary>
    public static MoveMinutes Reward { get; } = new(2, 5, 10, 15);

    /// <summary>Each level's minutes added up: 2/5/10/20.</summary>
    public static MoveMinutes Summed { get; } = new(2, 5, 10, 20);

    public double this[MoveLevel level] => level switch
    {
        MoveLevel.SamePatch => SamePatch,
        MoveLevel.SameSquare => SameSquare,
        MoveLevel.SameGridImage => SameGridImage,
        _ => OtherGridImage,
    };

    /// <summary>A table by name, or four increasing numbers such as <c>1.5,3,6,12</c>.</summary>
    /// <exception cref="ContractException">It is neither.</exception>
    public static MoveMinutes Parse(string text)
    {
        switch (text)
        {
            case "text": return Text;
            case "reward": return Reward;
            case "summed": return Summed;
        }
        double[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        bool valid = numbers.Length == 4 && numbers[0] > 0 && numbers[3] <= 1000
            && numbers[0] <= numbers[1] && numbers[1] <= numbers[2] && numbers[2] <= numbers[3];
        return valid
            ? new MoveMinutes(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new ContractException(FaultCode.BadField, $"minutes must be text, reward, summed or four numbers from small to large such as 2,3,5,10 (patch, square, grid-level image, other); got '{text}'");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SamePatch},{SameSquare},{SameGridImage},{OtherGridImage}");
}
