using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Golden;

/// <summary>Optimisers, schedules and clipping against PyTorch's, step by step.</summary>
[TestClass]
public sealed class OptimiserTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, GoldenCall, optim.Optimizer>> Optimisers = new()
    {
        ["sgd"] = (p, c) => optim.SGD(p, c.Double("lr"), c.Double("momentum"), c.Double("dampening"), c.Double("weight_decay"), c.Bool("nesterov"), c.Bool("maximize")),
        ["adam"] = (p, c) => optim.Adam(p, c.Double("lr"), c.Double("beta1", 0.9), c.Double("beta2", 0.999), c.Double("eps", 1e-8), c.Double("weight_decay"), c.Bool("amsgrad"), c.Bool("maximize")),
        ["adamw"] = (p, c) => optim.AdamW(p, c.Double("lr"), c.Double("beta1", 0.9), c.Double("beta2", 0.999), c.Double("eps", 1e-8), c.Double("weight_decay", 0.01), c.Bool("amsgrad")),
        ["rmsprop"] = (p, c) => optim.RMSProp(p, c.Double("lr"), c.Double("alpha", 0.99), c.Double("eps", 1e-8), c.Double("weight_decay"), c.Double("momentum"), c.Bool("centered")),
    };

    private static readonly Dictionary<string, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler>> Schedules = new()
    {
        ["exponential"] = o => optim.lr_scheduler.ExponentialLR(o, 0.9),
        ["cosine"] = o => optim.lr_scheduler.CosineAnnealingLR(o, 7, 0.01),
        ["lambda"] = o => optim.lr_scheduler.LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["fixmatch"] = o => optim.lr_scheduler.LambdaLR(o, k => Math.Cos(7 * Math.PI * k / (16 * 12))),
    };

    public static IEnumerable<object[]> All() => GoldenCase.Family("optimisers").Select(golden => new object[] { golden });

    public static string Name(System.Reflection.MethodInfo method, object[] data) => $"{method.Name} ({data[0]})";

    [TestMethod]
    [DynamicData(nameof(All), DynamicDataDisplayName = nameof(Name))]
    public void Step_GivenGradients_AgreesWithPyTorch(GoldenCase golden)
        => GoldenCheck.AgainstPyTorch(golden, golden.Op switch
        {
            "schedule" => call => Rates(Schedules[golden.Title]),
            "clip_grad_norm" => ClipNorm,
            "clip_grad_value" => ClipValue,
            _ => call => Path(call, Optimisers[golden.Op]),
        });

    private static Tensor[] Path(GoldenCall call, Func<IEnumerable<Parameter>, GoldenCall, optim.Optimizer> make)
    {
        (string Name, Parameter Value)[] parameters = [("a", nn.Parameter(call["a"])), ("b", nn.Parameter(call["b"]))];
        using optim.Optimizer optimiser = make(parameters.Select(parameter => parameter.Value), call);
        var path = new List<Tensor>();
        for (long step = 0; step < call.Long("steps"); step++)
        {
            foreach (var (name, parameter) in parameters)
                parameter.grad = call[$"grad_{name}{step}"];
            optimiser.step();
            path.AddRange(parameters.Select(parameter => parameter.Value.detach().clone()));
        }
        return [.. path];
    }

    private static Tensor[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> make)
    {
        using optim.Optimizer optimiser = optim.SGD([nn.Parameter(torch.zeros(1))], 0.5);
        optim.lr_scheduler.LRScheduler schedule = make(optimiser);
        var rates = new float[12];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = (float)optimiser.ParamGroups.Single().LearningRate;
            optimiser.step();
            schedule.step();
        }
        return [torch.tensor(rates)];
    }

    private static Tensor[] ClipNorm(GoldenCall call)
    {
        Parameter[] parameters = WithGradients(call);
        double norm = nn.utils.clip_grad_norm_(parameters, call.Double("max_norm"), Norm(call));
        return [parameters[0].grad!, parameters[1].grad!, torch.tensor(new[] { (float)norm })];
    }

    private static Tensor[] ClipValue(GoldenCall call)
    {
        Parameter[] parameters = WithGradients(call);
        nn.utils.clip_grad_value_(parameters, call.Double("value"));
        return [parameters[0].grad!, parameters[1].grad!];
    }

    private static Parameter[] WithGradients(GoldenCall call)
    {
        Parameter[] parameters = [nn.Parameter(torch.zeros_like(call["a"])), nn.Parameter(torch.zeros_like(call["b"]))];
        (parameters[0].grad, parameters[1].grad) = (call["a"], call["b"]);
        return parameters;
    }

    private static double Norm(GoldenCall call) => call.IsText("norm_type") ? double.PositiveInfinity : call.Double("norm_type");
}
