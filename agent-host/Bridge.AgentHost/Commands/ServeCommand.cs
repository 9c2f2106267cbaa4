using System.CommandLine;
using Bridge.AgentHost.Logging;
using Bridge.AgentHost.Serving;
using Bridge.Agents.Alignment;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Client;
using Bridge.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host serve</c>: the host itself.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var endpoint = new Option<string?>("--endpoint") { Description = $"Where to listen: loopback only, port 0 takes a free one. Default {Installation.Endpoint}" };
        var dataFolder = new Option<string?>("--data-folder") { Description = $"Folder for session journals. Default {new AgentHostOptions().DataFolder}" };
        var secretFile = new Option<string?>("--secret-file") { Description = "File with a secret that clients must show (ZMTP PLAIN, user 'bridge')." };
        var planner = new Option<string?>("--planner") { Description = "Planner of sessions that do not ask for one. Default: the model's, or without a model rate." };
        var alignment = new Option<string?>("--alignment-policy") { Description = $"Policy of alignments that do not ask for one: {string.Join(", ", AlignmentPolicies.Served)}. Default: {AlignmentPolicies.Default}." };
        var shadow = new Option<string?>("--shadow") { Description = "Planner that advises silently beside the one in charge; Explain session and replay compare the two." };
        var model = new Option<string?>("--model") { Description = "Weights of a learned planner, as NAME=FILE. If they cannot be used, the host says why and plans with rate." };
        var classifier = new Option<string?>("--classifier") { Description = "Weights of the classifier that scores holes, of 'train classifier'. Default: those that came with the program." };
        var command = new Command("serve", "Listens on a loopback port and answers the microscope's requests until it is stopped (Ctrl+C).") { endpoint, dataFolder, secretFile, planner, shadow, alignment, model, classifier };
        command.SetAction((parsed, cancellationToken) => RunAsync(new Dictionary<string, string?>
        {
            ["Host:Endpoint"] = parsed.GetValue(endpoint),
            ["Host:DataFolder"] = parsed.GetValue(dataFolder),
            ["Host:SecretFile"] = parsed.GetValue(secretFile),
            ["Host:Planner"] = parsed.GetValue(planner),
            ["Host:AlignmentPolicy"] = parsed.GetValue(alignment),
            ["Host:Shadow"] = parsed.GetValue(shadow),
            ["Host:Model"] = parsed.GetValue(model),
            ["Host:Classifier"] = parsed.GetValue(classifier),
        }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Dictionary<string, string?> arguments, CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Build(arguments);
        try
        {
            using IHost host = builder.Build();
            await host.RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (OptionsValidationException e)
        {
            foreach (string failure in e.Failures)
                Console.Error.WriteLine($"agent-host: {failure}");
            LogFailure(builder.Configuration, string.Join(" ", e.Failures));
            return ExitCode.WrongUse;
        }
        catch (ContractException e)
        {
            LogFailure(builder.Configuration, e.Message);
            throw;
        }
    }

    private static HostApplicationBuilder Build(Dictionary<string, string?> arguments)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "agent-host" });
        string folder = arguments["Host:DataFolder"] ?? new AgentHostOptions().DataFolder;
        string settings = Path.Combine(Path.GetFullPath(folder), "agent-host.json");
        try
        {
            builder.Configuration.AddJsonFile(settings, optional: true);
        }
        catch (InvalidDataException e)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{settings} is no JSON: {e.InnerException?.Message ?? e.Message} Mend or delete it.", e);
        }
        builder.Configuration
            .AddEnvironmentVariables("BRIDGE_")
            .AddInMemoryCollection(arguments.Where(argument => argument.Value is not null));
        builder.Logging
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)  // the same exception reaches Main, which says it in a line
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
            });
        builder.Services.AddOptions<AgentHostOptions>().BindConfiguration(AgentHostOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AgentHostOptions>, AgentHostOptionsValidator>();
        builder.Services.AddSingleton<ILoggerProvider>(services => new FileLoggerProvider(services.GetRequiredService<IOptions<AgentHostOptions>>().Value.DataFolder));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new DataFolder(services.GetRequiredService<IOptions<AgentHostOptions>>().Value.DataFolder));
        builder.Services.AddSingleton(services => HostPlanners.Load(
            services.GetRequiredService<IOptions<AgentHostOptions>>().Value, PlannerModels.All, ModelCard.ShippedFolder, services.GetRequiredService<ILogger<HostPlanners>>())
            .With(HostScans.Shipped(services.GetRequiredService<DataFolder>().Sessions, services.GetRequiredService<ILogger<HostScans>>()))
            .With(services.GetRequiredService<HostClassifier>()));
        builder.Services.AddSingleton(services => HostClassifier.Choose(services.GetRequiredService<IOptions<AgentHostOptions>>().Value.Classifier, services.GetRequiredService<ILogger<HostClassifier>>()));
        builder.Services.AddSingleton(services => new HostAlignments(
            services.GetRequiredService<IOptions<AgentHostOptions>>().Value.AlignmentPolicy is { Length: > 0 } policy ? policy : AlignmentPolicies.Default,
            services.GetRequiredService<DataFolder>().Alignments,
            inBackground: true));
        builder.Services.AddSingleton<SessionRegistry>();
        builder.Services.AddSingleton<RequestDispatcher>();
        builder.Services.AddHostedService<AgentHostService>();
        return builder;
    }

    /// <summary>A host that the plugin or the log-on started has nobody at its console: what kept it from starting must be in the file too.</summary>
    private static void LogFailure(IConfiguration configuration, string why)
    {
        string folder = configuration[$"{AgentHostOptions.Section}:{nameof(AgentHostOptions.DataFolder)}"] ?? new AgentHostOptions().DataFolder;
        using var file = new FileLoggerProvider(folder);
        file.CreateLogger("").DidNotStart(why);
    }
}
