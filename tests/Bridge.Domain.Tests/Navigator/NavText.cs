using System.Globalization;
using System.Text;
using Bridge.Domain.Navigator;

namespace Bridge.Domain.Tests.Navigator;

/// <summary>Puts Navigator items together for a test.</summary>
internal sealed class NavText
{
    private readonly StringBuilder _text = new("AdocVersion = 2.00\n");

    public NavText Point(double x, double y, string extra = "Acquire = 1\n", string? label = null)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n[Item = {label ?? "p"}]\nColor = 0\nStageXYZ = {x} {y} 1\nNumPts = 1\nRegis = 1\nType = 0\n{extra}PtsX = {x}\nPtsY = {y}\n");
        return this;
    }

    /// <summary>A map of a square view.</summary>
    public NavText Map(string label, int id, double x, double y, double sideUm, string extra = "") => Box(label, id, x, y, sideUm, type: 2, extra);

    public NavText Polygon(string label, int id, double x, double y, double sideUm) => Box(label, id, x, y, sideUm, type: 1, "");

    /// <summary>A map that gives its field of view and no outline.</summary>
    public NavText MapWithoutOutline(string label, int id, double x, double y, double sideUm)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n[Item = {label}]\nColor = 2\nStageXYZ = {x} {y} 1\nRegis = 1\nType = 2\nMapID = {id}\nMapScaleMat = 0 {1000 / sideUm} {-1000 / sideUm} 0\nMapWidthHeight = 1000 1000\n");
        return this;
    }

    public NavigatorFile File() => NavigatorFile.Parse("test.nav", Encoding.UTF8.GetBytes(_text.ToString()));

    public NavigatorGrid Grid() => NavigatorGrid.From(File());

    private NavText Box(string label, int id, double x, double y, double sideUm, int type, string extra)
    {
        double half = sideUm / 2;
        _text.Append(CultureInfo.InvariantCulture, $"\n[Item = {label}]\nColor = 2\nStageXYZ = {x} {y} 1\nNumPts = 5\nRegis = 1\nType = {type}\nMapID = {id}\n{extra}");
        _text.Append(CultureInfo.InvariantCulture, $"PtsX = {x - half} {x + half} {x + half} {x - half} {x - half}\nPtsY = {y - half} {y - half} {y + half} {y + half} {y - half}\n");
        return this;
    }
}
